#pragma once

#include "engine/Pipeline.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace n2m::studio {

/// Makes clips with the real engine. The pipeline is made when the first clip is wanted, and anew when another bundle
/// or device was chosen; that is the "loading" of the progress.
class EngineSource {
public:
    struct Choice {
        std::filesystem::path bundle;
        std::string device = "cpu";
        int threads = 0; ///< 0 = one per core
        bool operator==(const Choice&) const = default;
    };

    /// For the next clip on. Any thread. Before the first one, too.
    void choose(Choice choice);

    /// On the engine thread only. Throws as Pipeline does, and std::runtime_error for want of memory, before anything is
    /// computed.
    Generation generate(const Request& request, Monitor& monitor);

private:
    std::mutex m_mutex; // of m_choice
    Choice m_choice;
    std::optional<Pipeline> m_pipeline;
    Choice m_loaded;
};

} // namespace n2m::studio
