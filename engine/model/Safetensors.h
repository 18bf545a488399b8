#pragma once

#include "engine/model/SafetensorsHeader.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m::model {

/// A safetensors file, memory-mapped: opening one costs its header, whatever its size. A value that is cheap to copy;
/// copies, and the tensors taken from it, share the mapping and keep it alive. May be read from several threads.
/// The file must not be shortened while it is open (the system then ends the process with SIGBUS); our own writer never
/// does that, as it renames a new file over the old one.
class SafetensorsFile {
public:
    /// Throws base::Failure, which names file, tensor and reason, for a missing, damaged or hostile file.
    explicit SafetensorsFile(const std::filesystem::path& file);

    const std::filesystem::path& path() const { return m_path; }
    std::vector<std::string> names() const; ///< in alphabetical order
    bool contains(const std::string& name) const;
    /// Type and shape, without touching the data. Throws base::Failure as tensor() does.
    const TensorInfo& info(const std::string& name) const;
    const std::map<std::string, std::string>& metadata() const;

    /// The tensor as a view onto the mapping (a copy where the file does not align it), on the CPU. Writing into it
    /// changes neither the file nor another process's view, but does change other views of this mapping.
    /// Throws base::Failure that names file and tensor if there is no tensor of that name.
    torch::Tensor tensor(const std::string& name) const;

    /// The bytes of the header, and the size of the file: they tell two files apart at little cost.
    std::string_view headerBytes() const;
    std::size_t fileBytes() const;

private:
    struct Mapping;
    std::filesystem::path m_path;
    std::shared_ptr<const Mapping> m_mapping;
    std::shared_ptr<const SafetensorsHeader> m_header;
};

/// Writes a file that appears whole or not at all. The same tensors give the same bytes. Tensors are of a type of
/// DataType, on any device; with `floats` the floating-point ones are converted (kFloat, kHalf or kBFloat16). Throws
/// base::Failure for a file that cannot be written or a type that DataType lacks.
void writeSafetensors(const std::filesystem::path& file, const std::map<std::string, torch::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata = {},
                      std::optional<torch::ScalarType> floats = std::nullopt);

/// The parameters and buffers of a module, by their names. The tensors are the module's own, detached.
std::map<std::string, torch::Tensor> parametersOf(const torch::nn::Module& module);

/// Checks that names, shapes and types (floating or whole numbers) of a file's tensors are those of the module's
/// parameters and buffers, which may be on torch's "meta" device. Throws base::Failure that names `source` and tensor.
void checkParameters(const torch::nn::Module& module, const std::map<std::string, const TensorInfo*>& tensors,
                     const std::string& source);

/// Copies the file's tensors into the module's parameters and buffers, converting their types and devices. Names and
/// shapes must be the same on both sides; else it throws base::Failure that names file and tensor, and the module stays
/// unchanged.
void loadParameters(torch::nn::Module& module, const SafetensorsFile& file);

/// The same from tensors; `source` names them in messages.
void loadParameters(torch::nn::Module& module, const std::map<std::string, torch::Tensor>& tensors,
                    const std::string& source);

/// The same without a copy: a tensor of the module's own type and device becomes the parameter itself. Weights of a
/// file then stay in its mapping, and an untouched module costs no memory.
void adoptParameters(torch::nn::Module& module, const std::map<std::string, torch::Tensor>& tensors,
                     const std::string& source);

} // namespace n2m::model
