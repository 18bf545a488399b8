#pragma once

#include <c10/util/Exception.h>

#include <new>
#include <stdexcept>
#include <string>

namespace n2m::device {

/// Runs `work` and gives back what it does. LibTorch's messages carry a stack trace, and memory that is not there has
/// many names: what comes out of here is one line for people. Internal to the engine: it shows torch.
template <typename Work> auto explainingErrors(Work work) {
    const char* memory = "there is not enough memory for this; a shorter clip needs less";
    try {
        return work();
    } catch (const c10::Error& error) {
        const std::string message = error.what_without_backtrace();
        if (message.find("allocate memory") != std::string::npos ||
            message.find("out of memory") != std::string::npos) {
            throw std::runtime_error(memory);
        }
        throw std::runtime_error(message.substr(0, message.find('\n')));
    } catch (const std::bad_alloc&) {
        throw std::runtime_error(memory);
    }
}

} // namespace n2m::device
