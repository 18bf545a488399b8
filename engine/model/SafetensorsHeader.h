#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::model {

enum class DataType { F32, F16, BF16, I64, U8 };

std::size_t bytesOf(DataType type);
std::string toString(DataType type); ///< "F32", as in the file

/// The type and shape of a tensor and its place in its file.
struct TensorInfo {
    DataType type = DataType::F32;
    std::vector<std::int64_t> shape; ///< empty for a scalar
    std::size_t begin = 0, end = 0;  ///< bytes, counted from the end of the header
    std::int64_t elements() const;
};

/// The table of contents of a safetensors file (https://github.com/huggingface/safetensors, "Format"):
/// 8 bytes little-endian length N, N bytes of JSON, then the tensors' bytes without gaps.
struct SafetensorsHeader {
    static constexpr std::size_t mostBytes = 100'000'000; ///< the format's own limit for the JSON
    static constexpr std::size_t mostDimensions = 16;

    std::map<std::string, TensorInfo> tensors;
    std::map<std::string, std::string> metadata;
    std::size_t dataStart = 0; ///< bytes from the start of the file
};

/// Reads and checks the header of a file whose bytes are `file`. Every claim is checked against the bytes of the file,
/// so that nothing is ever allocated or read because a header claims it. Throws base::Failure that names the reason
/// and, where there is one, the tensor. Reentrant.
SafetensorsHeader readSafetensorsHeader(std::string_view file);

} // namespace n2m::model
