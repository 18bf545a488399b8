#include "app/studio/EngineSource.h"

#include "app/studio/MemoryNeed.h"
#include "engine/base/Error.h"

namespace n2m::studio {

void EngineSource::choose(Choice choice) {
    const std::lock_guard lock(m_mutex);
    m_choice = std::move(choice);
}

Generation EngineSource::generate(const Request& request, Monitor& monitor) {
    const Choice choice = [this] {
        const std::lock_guard lock(m_mutex);
        return m_choice;
    }();
    if (choice.bundle.empty()) throw base::Failure("no model was found; choose its folder in the preferences");
    if (choice.device == "cpu") requireMemory(request.seconds, choice.bundle); // a graphics card reports it itself
    if (!m_pipeline || choice != m_loaded) {
        m_pipeline.reset(); // first: two models may not fit into memory
        m_pipeline.emplace(choice.bundle, choice.device, choice.threads, &monitor);
        m_loaded = choice;
    }
    return m_pipeline->run(request, monitor);
}

} // namespace n2m::studio
