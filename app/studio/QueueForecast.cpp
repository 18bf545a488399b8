#include "app/studio/QueueForecast.h"

#include "engine/request/RequestJson.h"

#include <stdexcept>
#include <utility>

namespace n2m::studio {

QueueForecast::QueueForecast(const RunTimes& times)
    : m_times(times) {}

std::optional<double> QueueForecast::operator()(const std::vector<storage::Job>& waiting) {
    std::map<std::int64_t, Read> read;
    std::vector<Request> requests;
    for (const storage::Job& job : waiting) {
        auto known = m_read.extract(job.id);
        if (known.empty() || known.mapped().text != job.request) {
            try {
                Request request = requestFromJson(job.request);
                request.givenPlan.reset();
                read[job.id] = {job.request, std::move(request)};
            } catch (const std::invalid_argument&) { // it will fail, which takes no time
                continue;
            }
        } else {
            read.insert(std::move(known));
        }
        requests.push_back(read[job.id].request);
    }
    m_read = std::move(read);
    return m_times.estimate(requests);
}

} // namespace n2m::studio
