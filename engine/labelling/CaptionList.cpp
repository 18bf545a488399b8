#include "engine/labelling/CaptionList.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <string_view>

namespace n2m::labelling {

CaptionList CaptionList::read(const std::filesystem::path& file, CaptionKind kind) {
    const std::string text = base::readTextFile(file, std::size_t{1} << 30);
    if (text.find('\0') != std::string::npos)
        throw base::Failure("{}: is not a text file; captions are plain text, one per line",
                            base::printable(file.string()));
    CaptionList list;
    std::string_view rest = text;
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3); // a byte order mark
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.starts_with('#') || line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const std::string caption = cleanCaption(line, kind);
        if (caption.empty())
            ++list.m_refused;
        else
            list.add(caption);
    }
    return list;
}

bool CaptionList::add(const std::string& caption) {
    if (!m_keys.insert(captionKey(caption)).second) {
        ++m_repeated;
        return false;
    }
    m_captions.push_back(caption);
    return true;
}

} // namespace n2m::labelling
