#include "app/Interrupt.h"

#include "engine/request/Progress.h"

#include <csignal>

namespace n2m::app {
namespace {

volatile std::sig_atomic_t caught = 0;

void note(int signal) {
    caught = signal;
}

} // namespace

void watchForInterrupt() {
    struct sigaction action = {};
    action.sa_handler = note;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGXFSZ, SIG_IGN);
}

int interruptSignal() {
    return caught;
}

void throwIfInterrupted() {
    if (caught != 0) throw Cancelled();
}

} // namespace n2m::app
