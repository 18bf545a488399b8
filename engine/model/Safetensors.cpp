#include "engine/model/Safetensors.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <torch/utils.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace n2m::model {

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian and read without conversion");

namespace {

torch::ScalarType scalarType(DataType type) {
    switch (type) {
    case DataType::F32:
        return torch::kFloat;
    case DataType::F16:
        return torch::kHalf;
    case DataType::BF16:
        return torch::kBFloat16;
    case DataType::I64:
        return torch::kLong;
    case DataType::U8:
        return torch::kByte;
    }
    throw std::logic_error("data type without a scalar type");
}

std::optional<DataType> dataType(torch::ScalarType type) {
    for (const DataType candidate : {DataType::F32, DataType::F16, DataType::BF16, DataType::I64, DataType::U8}) {
        if (scalarType(candidate) == type) return candidate;
    }
    return std::nullopt;
}

[[noreturn]] void fail(const std::filesystem::path& file, const base::Message& reason) {
    throw base::Failure("{}: {}", base::printable(file.string()), reason);
}

std::string shapeText(torch::IntArrayRef shape) {
    return fmt::format("[{}]", fmt::join(shape.begin(), shape.end(), ", "));
}

using Named = std::map<std::string, torch::Tensor>;

// The module's own tensors: changing them changes the module.
Named ownTensors(const torch::nn::Module& module) {
    Named own;
    for (const auto& item : module.named_parameters())
        own.emplace(item.key(), item.value());
    for (const auto& item : module.named_buffers())
        own.emplace(item.key(), item.value());
    return own;
}

void checkTensor(const std::string& source, const std::string& name, const torch::Tensor& own, torch::IntArrayRef shape,
                 torch::ScalarType type) {
    if (shape != own.sizes()) {
        fail(source, base::Message("tensor \"{}\": has shape {}, the network wants {}", name, shapeText(shape),
                                   shapeText(own.sizes())));
    }
    if (torch::isFloatingType(type) != torch::isFloatingType(own.scalar_type())) {
        fail(source, base::Message("tensor \"{}\": has type {}, the network wants {}", name, c10::toString(type),
                                   c10::toString(own.scalar_type())));
    }
}

// Calls `check(name, own tensor, the other)` for each pair; the names must be the same on both sides.
template <typename Other, typename Check>
void match(const Named& own, const std::map<std::string, Other>& others, const std::string& source, Check check) {
    for (const auto& [name, tensor] : own) {
        const auto found = others.find(name);
        if (found == others.end()) fail(source, base::Message("tensor \"{}\" is missing", name));
        check(name, tensor, found->second);
    }
    for (const auto& [name, other] : others) {
        if (!own.contains(name)) {
            fail(source, base::Message("tensor \"{}\": the network has no tensor of that name", base::printable(name)));
        }
    }
}

void matchTensors(const Named& own, const Named& others, const std::string& source) {
    match(own, others, source, [&](const std::string& name, const torch::Tensor& tensor, const torch::Tensor& other) {
        checkTensor(source, name, tensor, other.sizes(), other.scalar_type());
    });
}

} // namespace

// The bytes of a file. The mapping is private and writable: a write into a tensor by mistake copies the page and does
// not crash.
struct SafetensorsFile::Mapping {
    char* data = nullptr;
    std::size_t bytes = 0;

    explicit Mapping(const std::filesystem::path& file) {
        // Non-blocking, or opening a named pipe would wait for its writer.
        const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (descriptor < 0) fail(file, base::Message("cannot be read: {}", std::generic_category().message(errno)));
        struct Closer {
            int descriptor;
            ~Closer() { close(descriptor); }
        } closer{descriptor};
        struct stat status {};
        if (fstat(descriptor, &status) != 0) {
            fail(file, base::Message("cannot be read: {}", std::generic_category().message(errno)));
        }
        if (S_ISDIR(status.st_mode)) fail(file, base::Message("is a folder, a safetensors file was expected"));
        if (!S_ISREG(status.st_mode)) fail(file, base::Message("is not a regular file"));
        bytes = static_cast<std::size_t>(status.st_size);
        if (bytes == 0) fail(file, base::Message("is empty"));
        void* const mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0);
        if (mapped == MAP_FAILED)
            fail(file, base::Message("cannot be mapped: {}", std::generic_category().message(errno)));
        data = static_cast<char*>(mapped);
    }
    ~Mapping() {
        if (data) munmap(data, bytes);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
};

SafetensorsFile::SafetensorsFile(const std::filesystem::path& file)
    : m_path(file)
    , m_mapping(std::make_shared<const Mapping>(file)) {
    try {
        m_header =
            std::make_shared<const SafetensorsHeader>(readSafetensorsHeader({m_mapping->data, m_mapping->bytes}));
    } catch (const std::runtime_error& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
}

std::vector<std::string> SafetensorsFile::names() const {
    std::vector<std::string> names;
    for (const auto& [name, info] : m_header->tensors)
        names.push_back(name);
    return names;
}

bool SafetensorsFile::contains(const std::string& name) const {
    return m_header->tensors.contains(name);
}

const TensorInfo& SafetensorsFile::info(const std::string& name) const {
    const auto found = m_header->tensors.find(name);
    if (found == m_header->tensors.end())
        fail(m_path, base::Message("tensor \"{}\" is missing", base::printable(name)));
    return found->second;
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const {
    return m_header->metadata;
}

torch::Tensor SafetensorsFile::tensor(const std::string& name) const {
    const TensorInfo& found = info(name);
    const auto options = torch::TensorOptions().dtype(scalarType(found.type));
    if (found.begin == found.end) return torch::empty(found.shape, options);
    char* const data = m_mapping->data + m_header->dataStart + found.begin;
    if (reinterpret_cast<std::uintptr_t>(data) % bytesOf(found.type) != 0) {
        torch::Tensor copy = torch::empty(found.shape, options);
        std::memcpy(copy.data_ptr(), data, found.end - found.begin);
        return copy;
    }
    return torch::from_blob(
        data, found.shape, [mapping = m_mapping](void*) {}, options);
}

std::string_view SafetensorsFile::headerBytes() const {
    return {m_mapping->data, m_header->dataStart};
}
std::size_t SafetensorsFile::fileBytes() const {
    return m_mapping->bytes;
}

void writeSafetensors(const std::filesystem::path& file, const std::map<std::string, torch::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata, std::optional<torch::ScalarType> floats) {
    struct Entry {
        const std::string* name;
        const torch::Tensor* tensor;
        DataType type;
        std::size_t bytes;
    };
    std::vector<Entry> entries;
    for (const auto& [name, tensor] : tensors) {
        const auto target = floats && torch::isFloatingType(tensor.scalar_type()) ? *floats : tensor.scalar_type();
        const auto type = dataType(target);
        if (!type)
            fail(file, base::Message("tensor \"{}\": its type {} cannot be written", name, c10::toString(target)));
        entries.push_back({&name, &tensor, *type, static_cast<std::size_t>(tensor.numel()) * bytesOf(*type)});
    }
    // Widest types first, which aligns every tensor; the map has them in the order of their names.
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return bytesOf(a.type) > bytesOf(b.type); });

    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::size_t offset = 0;
    for (const Entry& entry : entries) {
        header[*entry.name] = {{"dtype", toString(entry.type)},
                               {"shape", entry.tensor->sizes().vec()},
                               {"data_offsets", {offset, offset + entry.bytes}}};
        offset += entry.bytes;
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const nlohmann::json::exception&) {
        fail(file, base::Message("a name or its metadata is not valid UTF-8"));
    }
    text.append((8 - text.size() % 8) % 8, ' '); // as the reference implementation does, so that the data is aligned
    if (text.size() > SafetensorsHeader::mostBytes) fail(file, base::Message("too many tensors for one file"));

    base::AtomicFile output(file);
    const std::uint64_t length = text.size();
    output.write(&length, sizeof length);
    output.write(text);
    for (const Entry& entry : entries) {
        const torch::Tensor data = entry.tensor->detach().to(torch::kCPU).to(scalarType(entry.type)).contiguous();
        output.write(data.data_ptr(), entry.bytes);
    }
    output.commit();
}

std::map<std::string, torch::Tensor> parametersOf(const torch::nn::Module& module) {
    Named tensors = ownTensors(module);
    for (auto& [name, tensor] : tensors)
        tensor = tensor.detach();
    return tensors;
}

void loadParameters(torch::nn::Module& module, const SafetensorsFile& file) {
    std::map<std::string, torch::Tensor> tensors;
    for (const std::string& name : file.names())
        tensors.emplace(name, file.tensor(name));
    loadParameters(module, tensors, file.path().string());
}

void checkParameters(const torch::nn::Module& module, const std::map<std::string, const TensorInfo*>& tensors,
                     const std::string& source) {
    match(ownTensors(module), tensors, source,
          [&](const std::string& name, const torch::Tensor& own, const TensorInfo* info) {
              checkTensor(source, name, own, info->shape, scalarType(info->type));
          });
}

void loadParameters(torch::nn::Module& module, const Named& tensors, const std::string& source) {
    const torch::NoGradGuard noGradients;
    Named own = ownTensors(module);
    matchTensors(own, tensors, source);
    for (auto& [name, tensor] : own)
        tensor.copy_(tensors.at(name));
}

void adoptParameters(torch::nn::Module& module, const Named& tensors, const std::string& source) {
    const torch::NoGradGuard noGradients;
    Named own = ownTensors(module);
    matchTensors(own, tensors, source);
    for (auto& [name, tensor] : own)
        tensor.set_data(tensors.at(name).to(tensor.options()).contiguous());
}

} // namespace n2m::model
