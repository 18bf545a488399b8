#pragma once

namespace n2m::app {

/// From here on SIGINT and SIGTERM are noted instead of ending the program, so that what runs can stop at its next step
/// and leave no file behind. The second one ends it at once. Also lets writes past a file size limit fail with an error
/// instead of killing the program. Call once, at the start of main().
void watchForInterrupt();

/// The number of the signal that came, 0 if none has. From any thread.
int interruptSignal();

/// Throws Cancelled if a signal has come.
void throwIfInterrupted();

} // namespace n2m::app
