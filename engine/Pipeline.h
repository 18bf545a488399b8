#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "engine/request/Progress.h"
#include "engine/request/Request.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m {

/// A finished clip and the facts of its making.
struct Generation {
    /// Mono, at the rate of the cascade's last stage; a repainted sound keeps its own rate and channels.
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
    /// base::Failure, one line that names the file and the reason, for a missing or damaged bundle, and
    /// base::InvalidInput for a device that is not there.
    explicit Pipeline(const std::filesystem::path& bundle, const std::string& device = "cpu", int threads = 0,
                      Monitor* monitor = nullptr);
    ~Pipeline();
    Pipeline(Pipeline&&) noexcept;
    Pipeline& operator=(Pipeline&&) noexcept;

    /// prompt → tokens → embeddings; plan (given or planned) → generator → sound → full rate → clip.
    /// Throws base::InvalidInput for a bad request, Cancelled, or base::Failure (out of memory, non-finite).
    Generation run(const Request& request, Monitor& monitor);

    /// The plan alone, with its score, as run() would choose it. Throws as run() does.
    std::optional<plan::Plan> plan(const Request& request);

    /// The bundle's vocoder alone: log-mel in [-1, 1], row-major [bands, frames] → mono sound. `settings` as in
    /// Request.stages. Throws as run() does, and base::InvalidInput where the bundle has no vocoder or the input does
    /// not suit it.
    audio::Clip vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                       const StageSettings& settings, Monitor& monitor);
    /// Griffin-Lim in the vocoder's place, which needs no bundle. Any thread.
    static audio::Clip vocodeByGriffinLim(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                                          const StageSettings& settings, Monitor& monitor);

    /// The bundle's super-resolution alone: mono sound at its lower rate → the same at its higher one. Throws as
    /// vocode() does.
    audio::Clip upsample(const audio::Clip& clip, std::uint64_t seed, const StageSettings& settings, Monitor& monitor);
    /// Resampling in its place, which needs no bundle. Any thread.
    static audio::Clip upsampleByFourier(const audio::Clip& clip, Monitor& monitor);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace n2m
