#pragma once

#include "engine/Pipeline.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace n2m::studio {

/// Makes clips with the real engine. The first clip loads the model, as does the first after another bundle or device
/// was chosen; the progress reports that as "loading".
class EngineSource {
public:
    struct Choice {
        std::filesystem::path bundle;
        std::string device = "cpu";
        int threads = 0; ///< 0 = one per core
        bool operator==(const Choice&) const = default;
    };

    /// The choice for the clips that are begun from now on. Any thread.
    void choose(Choice choice);

    /// On the engine thread only. Throws as Pipeline does; base::Failure, before anything is computed, where there is
    /// no model or too little memory.
    Generation generate(const Request& request, Monitor& monitor);

private:
    std::mutex m_mutex; // of m_choice
    Choice m_choice;
    std::optional<Pipeline> m_pipeline;
    Choice m_loaded;
};

} // namespace n2m::studio
