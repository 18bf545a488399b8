#include "engine/base/Utf8.h"

#include <cstddef>

namespace n2m::base {

bool isUtf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto first = static_cast<unsigned char>(text[at++]);
        if (first < 0x80) continue;
        if (first < 0xc2 || first > 0xf4) return false;
        // Only the byte after the first is ever bound more tightly than 80..BF.
        unsigned least = 0x80, most = 0xbf;
        if (first == 0xe0) least = 0xa0;
        if (first == 0xed) most = 0x9f;
        if (first == 0xf0) least = 0x90;
        if (first == 0xf4) most = 0x8f;
        for (int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3; more > 0; --more) {
            if (at == text.size()) return false;
            const auto next = static_cast<unsigned char>(text[at++]);
            if (next < least || next > most) return false;
            least = 0x80, most = 0xbf;
        }
    }
    return true;
}

} // namespace n2m::base
