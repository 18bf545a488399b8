#include "engine/model/SafetensorsHeader.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace n2m::model {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, std::size_t>, 5> types{
    std::pair{std::string_view("F32"), 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"U8", 1}};

[[noreturn]] void fail(const base::Message& reason) {
    throw base::Failure(reason);
}

[[noreturn]] void failOn(const std::string& tensor, const base::Message& reason) {
    throw base::Failure("tensor \"{}\": {}", base::printable(tensor), reason);
}

void checkName(const std::string& name) {
    if (name.empty() || name.size() > 1024) fail(base::Message("a tensor's name is empty or longer than 1024 bytes"));
    for (const char character : name) {
        if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) {
            failOn(name, base::Message("the name has control characters"));
        }
    }
}

// Takes the JSON apart while it is read: {name: {"dtype": "F32", "shape": [...], "data_offsets": [begin, end]}, ...,
// "__metadata__": {text: text}} and nothing else, so that neither depth nor width of a hostile header costs anything.
class HeaderReader : public nlohmann::json_sax<json> {
public:
    explicit HeaderReader(SafetensorsHeader& header)
        : m_header(header) {}

    bool null() override { unexpected(base::Message("null")); }
    bool boolean(bool) override { unexpected(base::Message("true or false")); }
    bool number_integer(number_integer_t) override { unexpected(base::Message("a negative number")); }
    bool number_float(number_float_t, const string_t&) override {
        unexpected(base::Message("a fraction or a number too large"));
    }
    bool binary(binary_t&) override { unexpected(base::Message("binary data")); }

    bool number_unsigned(number_unsigned_t value) override {
        if (m_place != Place::Shape && m_place != Place::Offsets) unexpected(base::Message("a number"));
        if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
            unexpected(base::Message("a number too large"));
        }
        const std::size_t most = m_place == Place::Shape ? SafetensorsHeader::mostDimensions : 2;
        if (m_numbers.size() == most) unexpected(base::Message("more than {} numbers", most));
        m_numbers.push_back(static_cast<std::int64_t>(value));
        return true;
    }

    bool string(string_t& value) override {
        if (m_place == Place::Metadata) {
            if (!m_header.metadata.emplace(m_key, value).second) fail(base::Message("__metadata__ has a key twice"));
        } else if (m_place == Place::Tensor && m_key == "dtype") {
            const auto type = std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.first == value; });
            if (type == types.end()) {
                failOn(m_tensor,
                       base::Message("data type {} is not one of F32, F16, BF16, I64, U8", base::printable(value)));
            }
            setOnce(m_type, static_cast<DataType>(type - types.begin()));
        } else {
            unexpected(base::Message("a text"));
        }
        return true;
    }

    bool start_object(std::size_t) override {
        switch (m_place) {
        case Place::Outside:
            m_place = Place::Root;
            return true;
        case Place::Root:
            m_place = m_tensor == "__metadata__" ? Place::Metadata : Place::Tensor;
            m_type.reset(), m_shape.reset(), m_offsets.reset();
            return true;
        default:
            unexpected(base::Message("an object"));
        }
    }

    bool key(string_t& name) override {
        if (m_place != Place::Root) {
            m_key = name;
            if (m_place == Place::Tensor && name != "dtype" && name != "shape" && name != "data_offsets") {
                failOn(m_tensor, base::Message("unknown field \"{}\"", base::printable(name)));
            }
            return true;
        }
        m_tensor = name;
        if (name == "__metadata__") {
            if (m_metadataSeen) fail(base::Message("__metadata__ is there twice"));
            m_metadataSeen = true;
        } else {
            checkName(name);
            if (m_header.tensors.contains(name)) failOn(name, base::Message("is there twice"));
        }
        return true;
    }

    bool end_object() override {
        if (m_place == Place::Tensor) {
            if (!m_type || !m_shape || !m_offsets)
                failOn(m_tensor, base::Message("dtype, shape or data_offsets is missing"));
            TensorInfo info{*m_type, *m_shape, 0, 0};
            info.begin = static_cast<std::size_t>(m_offsets->at(0));
            info.end = static_cast<std::size_t>(m_offsets->at(1));
            m_header.tensors.emplace(m_tensor, std::move(info));
        }
        m_place = m_place == Place::Root ? Place::Outside : Place::Root;
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_place != Place::Tensor || m_key == "dtype") unexpected(base::Message("a list"));
        m_place = m_key == "shape" ? Place::Shape : Place::Offsets;
        m_numbers.clear();
        return true;
    }

    bool end_array() override {
        if (m_place == Place::Offsets && m_numbers.size() != 2)
            failOn(m_tensor, base::Message("data_offsets wants two numbers"));
        setOnce(m_place == Place::Shape ? m_shape : m_offsets, m_numbers);
        m_place = Place::Tensor;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        fail(base::Message("the header is not valid JSON (byte {})", position));
    }

private:
    enum class Place { Outside, Root, Metadata, Tensor, Shape, Offsets };

    [[noreturn]] void unexpected(const base::Message& what) const {
        if (m_place == Place::Metadata) fail(base::Message("__metadata__ has {} where a text was expected", what));
        if (m_place == Place::Outside) fail(base::Message("the header is {} where an object was expected", what));
        if (m_place == Place::Root) failOn(m_tensor, base::Message("{} where an object was expected", what));
        failOn(m_tensor, base::Message("{} is not expected in {}", what, base::printable(m_key)));
    }

    template <typename T> void setOnce(std::optional<T>& field, const T& value) const {
        if (field) failOn(m_tensor, base::Message("{} is there twice", m_key));
        field = value;
    }

    SafetensorsHeader& m_header;
    Place m_place = Place::Outside;
    bool m_metadataSeen = false;
    std::string m_tensor, m_key;
    std::vector<std::int64_t> m_numbers;
    std::optional<DataType> m_type;
    std::optional<std::vector<std::int64_t>> m_shape, m_offsets;
};

std::string shapeText(const TensorInfo& info) {
    return fmt::format("{}", fmt::join(info.shape, ", "));
}

// Checks that shape × type gives the bytes between the offsets, and that these are within the file.
void checkSize(const std::string& name, const TensorInfo& info, std::size_t available) {
    std::int64_t elements = 1, strides = 1; // strides: with dimensions of 0 taken as 1, as torch does
    for (const std::int64_t size : info.shape) {
        if (__builtin_mul_overflow(strides, std::max<std::int64_t>(size, 1), &strides)) {
            failOn(name, base::Message("shape [{}] is too large", shapeText(info)));
        }
        elements *= size; // its absolute value is at most that of the strides
    }
    if (info.end < info.begin)
        failOn(name, base::Message("ends at byte {}, before it begins at {}", info.end, info.begin));
    if (info.end > available) {
        failOn(name,
               base::Message("ends at byte {}, but the file has only {} bytes of data: it is truncated or damaged",
                             info.end, available));
    }
    std::int64_t bytes = 0;
    if (__builtin_mul_overflow(elements, static_cast<std::int64_t>(bytesOf(info.type)), &bytes) ||
        static_cast<std::size_t>(bytes) != info.end - info.begin) {
        failOn(name, base::Message("shape [{}] of {} does not fit its {} bytes", shapeText(info), toString(info.type),
                                   info.end - info.begin));
    }
}

} // namespace

std::size_t bytesOf(DataType type) {
    return types.at(static_cast<std::size_t>(type)).second;
}
std::string toString(DataType type) {
    return std::string(types.at(static_cast<std::size_t>(type)).first);
}

std::int64_t TensorInfo::elements() const {
    return static_cast<std::int64_t>((end - begin) / bytesOf(type));
}

SafetensorsHeader readSafetensorsHeader(std::string_view file) {
    constexpr std::size_t lengthBytes = 8;
    if (file.empty()) fail(base::Message("is empty"));
    if (file.size() < lengthBytes) fail(base::Message("is too short for a safetensors file"));
    std::uint64_t length = 0;
    for (std::size_t byte = lengthBytes; byte-- > 0;)
        length = length << 8 | static_cast<unsigned char>(file[byte]);
    if (length > SafetensorsHeader::mostBytes) {
        fail(
            base::Message("a header of {} bytes is too long; this is not a safetensors file or it is damaged", length));
    }
    if (length > file.size() - lengthBytes) {
        fail(base::Message("the header has {} bytes, but the file only {}: it is truncated or damaged", length,
                           file.size()));
    }
    const std::string_view text = file.substr(lengthBytes, static_cast<std::size_t>(length));
    if (text.empty() || text.front() != '{')
        fail(base::Message("the header does not begin with {{: this is not a safetensors file"));

    SafetensorsHeader header;
    header.dataStart = lengthBytes + text.size();
    HeaderReader reader(header);
    json::sax_parse(text.begin(), text.end(), &reader);

    const std::size_t available = file.size() - header.dataStart;
    std::vector<const std::pair<const std::string, TensorInfo>*> inOrder;
    for (const auto& entry : header.tensors) {
        checkSize(entry.first, entry.second, available);
        inOrder.push_back(&entry);
    }
    std::stable_sort(inOrder.begin(), inOrder.end(), [](const auto* a, const auto* b) {
        return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
    });
    std::size_t next = 0;
    for (const auto* entry : inOrder) {
        const auto& [name, info] = *entry;
        if (info.begin < next) failOn(name, base::Message("overlaps another tensor"));
        if (info.begin > next) failOn(name, base::Message("there are {} unused bytes before it", info.begin - next));
        next = info.end;
    }
    if (next != available) fail(base::Message("there are {} unused bytes after the last tensor", available - next));
    return header;
}

} // namespace n2m::model
