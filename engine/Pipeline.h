#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "engine/request/Progress.h"
#include "engine/request/Request.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m {

/// A finished clip and what made it.
struct Generation {
    /// Mono, at the rate of the cascade's last stage; of a sound that was repainted, at its rate and with its channels.
    audio::Clip clip;
    std::optional<plan::Plan> plan; ///< the plan that was used; none where it was hidden
    std::vector<float> spectrogram; ///< log-mel in [-1, 1], row-major [bands, frames]; empty on the waveform route
    int spectrogramBands = 0;
    std::vector<StageTiming> timings;
    int promptTokens = 0;
    bool promptCut = false; ///< the prompt had more tokens than the model takes
    std::string recipe; ///< JSON text: the request with every default resolved, the plan, the bundle's hash, versions
};

/// A cascade that is loaded and ready. Lives on one thread, owns its weights and device memory. Hides torch.
class Pipeline {
public:
    /// `device` is "cpu" or "cuda"; `threads` 0 = one per core. `monitor`, if given, hears of the "loading". Throws
    /// std::runtime_error, one line that names the file and the reason, for a missing or damaged bundle, and
    /// std::invalid_argument for a device that is not there.
    explicit Pipeline(const std::filesystem::path& bundle, const std::string& device = "cpu", int threads = 0,
                      Monitor* monitor = nullptr);
    ~Pipeline();
    Pipeline(Pipeline&&) noexcept;
    Pipeline& operator=(Pipeline&&) noexcept;

    /// prompt → tokens → embeddings; plan (given or planned) → generator → cascader → super-resolution → clip.
    /// Throws std::invalid_argument for a bad request, Cancelled, or std::runtime_error (out of memory, non-finite).
    Generation run(const Request& request, Monitor& monitor);

    /// One stage alone, for measuring it and for sound of the user's own. `settings` as in Request.stages. Throw as
    /// run() does, and std::invalid_argument where the bundle has no such stage or the input does not suit it. Log-mel
    /// in [-1, 1], row-major [bands, frames] → mono sound.
    audio::Clip vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                       const StageSettings& settings, Monitor& monitor);
    /// Mono sound at the super-resolution's lower rate → the same at its higher one.
    audio::Clip upsample(const audio::Clip& clip, std::uint64_t seed, const StageSettings& settings, Monitor& monitor);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace n2m
