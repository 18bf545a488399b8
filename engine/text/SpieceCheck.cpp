#include "engine/text/SpieceCheck.h"

#include "engine/base/Error.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

namespace n2m::text {

namespace {

/// Reads the fields of a protobuf message, one after the other (https://protobuf.dev/programming-guides/encoding).
class Fields {
public:
    explicit Fields(std::string_view message)
        : m_left(message) {}

    struct Field {
        std::uint64_t number = 0;
        std::optional<std::string_view> bytes; ///< of a text or an inner message
    };

    std::optional<Field> next() {
        if (m_left.empty()) return std::nullopt;
        const std::uint64_t key = varint();
        Field field{key >> 3, {}};
        switch (key & 7) {
        case 0:
            varint();
            break;
        case 1:
            take(8);
            break;
        case 2:
            field.bytes = take(varint());
            break;
        case 5:
            take(4);
            break;
        default:
            throw base::Failure("it is damaged");
        }
        return field;
    }

private:
    std::string_view take(std::uint64_t count) {
        if (count > m_left.size()) throw base::Failure("it is truncated or damaged");
        const std::string_view taken = m_left.substr(0, static_cast<std::size_t>(count));
        m_left.remove_prefix(taken.size());
        return taken;
    }

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1).front());
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        throw base::Failure("it is damaged");
    }

    std::string_view m_left;
};

std::uint32_t wordAt(std::string_view bytes, std::size_t index) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + index * sizeof word, sizeof word); // little-endian, as SentencePiece reads it
    return word;
}

// The map has 4 bytes with the size of the trie, the trie, and the texts, each ended by a zero. A unit of the trie
// holds the offset to its children (their index is its own ^ offset ^ byte) and whether the text so far is in the
// table; its value is then in the unit at ^ offset. A unit with the highest bit is a value.
// https://github.com/s-yata/darts-clone
void checkCharsMap(std::string_view map) {
    const auto damaged = base::Failure("the table of its normalizer is damaged");
    if (map.size() <= 4) throw damaged;
    const std::size_t trieBytes = wordAt(map, 0);
    if (trieBytes == 0 || trieBytes % 4 != 0 || trieBytes >= map.size() - 4) throw damaged;
    const std::string_view trie = map.substr(4, trieBytes), texts = map.substr(4 + trieBytes);
    if (texts.back() != '\0') throw damaged;
    const std::size_t units = trieBytes / 4;
    for (std::size_t index = 0; index < units; ++index) {
        const std::uint32_t unit = wordAt(trie, index);
        if (index > 0 && (unit >> 31) != 0) continue; // a value: it has no children
        const std::size_t children = index ^ static_cast<std::size_t>((unit >> 10) << ((unit & (1U << 9)) >> 6));
        if ((children | 0xff) >= units) throw damaged;
        if (((unit >> 8) & 1) != 0 && (wordAt(trie, children) & 0x7fffffff) >= texts.size()) throw damaged;
    }
}

// NormalizerSpec of sentencepiece_model.proto.
void checkNormalizer(std::string_view message) {
    constexpr std::uint64_t precompiledCharsmap = 2;
    Fields fields(message);
    while (const auto field = fields.next()) {
        if (field->number == precompiledCharsmap && field->bytes && !field->bytes->empty())
            checkCharsMap(*field->bytes);
    }
}

} // namespace

void checkSpiece(std::string_view model) {
    constexpr std::uint64_t normalizer = 3, denormalizer = 5; // of ModelProto
    Fields fields(model);
    while (const auto field = fields.next()) {
        if ((field->number == normalizer || field->number == denormalizer) && field->bytes) {
            checkNormalizer(*field->bytes);
        }
    }
}

} // namespace n2m::text
