#pragma once

#include "engine/base/Error.h"

#include <c10/util/Exception.h>

#include <new>
#include <string>

namespace n2m::device {

/// Runs `work` and returns its result. Turns LibTorch's errors, which carry a stack trace and name missing memory in
/// many ways, into a base::Failure of one line. Internal to the engine: it shows torch.
template <typename Work> auto explainingErrors(Work work) {
    const auto memory = base::Message("there is not enough memory for this; a shorter clip needs less");
    try {
        return work();
    } catch (const c10::Error& error) {
        const std::string message = error.what_without_backtrace();
        if (message.find("allocate memory") != std::string::npos ||
            message.find("out of memory") != std::string::npos) {
            throw base::Failure(memory);
        }
        throw base::Failure(base::Message::verbatim(message.substr(0, message.find('\n'))));
    } catch (const std::bad_alloc&) {
        throw base::Failure(memory);
    }
}

} // namespace n2m::device
