#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace n2m::training {

class AdamW;
class ExponentialAverage;

/// The whole state of a training: folders `<stage>.step-N` below `folder`, of which the newest is used. A checkpoint
/// appears under its name only once it is complete, and older ones are removed after that: a kill at any moment leaves
/// a usable one.
class Checkpoint {
public:
    Checkpoint(std::filesystem::path folder, std::string stage);

    /// Makes the folder where it is missing. Call once the input of the training has been read, so that bad input
    /// leaves no empty folder. Throws base::Failure.
    void makeFolder() const;

    /// The step of the newest checkpoint; −1 if there is none.
    std::int64_t newest() const;

    /// Writes a checkpoint and removes the older one. Throws base::Failure, for example when the disk is full.
    void save(std::int64_t step, const torch::nn::Module& network, ExponentialAverage& average, AdamW& optimizer) const;

    /// Restores the newest checkpoint and returns its step. Throws base::Failure if it does not fit the network.
    std::int64_t load(torch::nn::Module& network, ExponentialAverage& average, AdamW& optimizer) const;

private:
    std::filesystem::path folderOf(std::int64_t step) const;

    std::filesystem::path m_folder;
    std::string m_stage;
};

} // namespace n2m::training
