#include "app/studio/QueueForecast.h"

#include "engine/request/RequestJson.h"

#include <stdexcept>
#include <utility>

namespace n2m::studio {

QueueForecast::QueueForecast(const RunTimes& times)
    : m_times(times) {}

std::optional<double> QueueForecast::operator()(const std::vector<storage::Job>& waiting) {
    std::map<std::int64_t, ParsedRequest> parsed;
    std::vector<Request> requests;
    for (const storage::Job& job : waiting) {
        auto before = m_parsed.extract(job.id);
        if (before.empty() || before.mapped().text != job.request) {
            try {
                Request request = requestFromJson(job.request);
                request.givenPlan.reset();
                parsed[job.id] = {job.request, std::move(request)};
            } catch (const std::invalid_argument&) { // the job will fail at once
                continue;
            }
        } else {
            parsed.insert(std::move(before));
        }
        requests.push_back(parsed[job.id].request);
    }
    m_parsed = std::move(parsed);
    return m_times.estimate(requests);
}

} // namespace n2m::studio
