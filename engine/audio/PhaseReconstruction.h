#pragma once

#include "engine/audio/BatchFft.h"
#include "engine/audio/LaneVector.h"
#include "engine/audio/MelBands.h"
#include "engine/audio/Stft.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace n2m::audio {

/// The state of the fast Griffin-Lim algorithm (GriffinLim.h), from integrated phases on. Works on batches of frames
/// side by side (LaneKernels.h); an iteration takes each batch from sound to spectrum and back while it is in the
/// cache. Sound is added up in chunks of a fixed number of batches, so that it does not depend on the number of
/// threads. One caller at a time; keeps references to the Stft and to the bands.
class PhaseReconstruction {
public:
    /// From magnitudes, row-major [frames, bins].
    PhaseReconstruction(std::span<const float> magnitudes, const Stft& stft, std::uint64_t seed, int threads);
    ~PhaseReconstruction();

    /// One iteration: transforms the sound, adds the momentum to the spectrum and restores the magnitudes.
    void iterate();
    /// Makes the magnitudes follow the sound from now on, as far as these bands allow.
    void follow(const MelBands& bands) { m_melBands = &bands; }

    /// frames·hop samples.
    std::span<const float> samples() const { return m_samples; }
    std::vector<float> takeSamples() { return std::move(m_samples); }

private:
    struct Worker;
    struct Chunk {
        std::size_t first, last;    ///< batches
        std::ptrdiff_t begin;       ///< sample at which its sound begins
        std::vector<float> samples; ///< that of its frames alone
    };

    std::size_t batchFrames(std::size_t batch) const;
    void fromPhases(Worker& worker, std::size_t batch, std::span<const float> phases);
    void fromSound(Worker& worker, std::size_t batch);
    void addSound(Worker& worker, std::size_t batch, Chunk& chunk);
    /// Calls `spectrum` for each batch, on the threads, and makes sound of what it leaves in the worker.
    void synthesise(const std::function<void(Worker&, std::size_t batch)>& spectrum);

    const Stft& m_stft;
    const MelBands* m_melBands = nullptr;
    std::size_t m_bins, m_frames;
    LaneVector m_magnitudes; ///< [batches, bins, lanes]
    LaneVector m_previous;   ///< [batches, bins, 2, lanes]
    std::vector<float> m_samples, m_weights;
    std::vector<Chunk> m_chunks;
    std::vector<Worker> m_workers;
};

} // namespace n2m::audio
