#pragma once

namespace n2m::app {

/// Makes SIGINT and SIGTERM set a flag instead of ending the program, so that the work can stop at its next step and
/// leave no file behind. The second signal ends the program at once. Also lets writes past a file size limit fail with
/// an error instead of killing the program. Call once, at the start of main().
void watchForInterrupt();

/// The number of the signal that came, 0 if none has. Any thread.
int interruptSignal();

/// Throws Cancelled if a signal has come.
void throwIfInterrupted();

} // namespace n2m::app
