#pragma once

#include <memory>
#include <string>
#include <vector>

namespace n2m::audio {

class PlaybackCore;

/// A device that can play, for a list to choose from. A plain value.
struct SoundDevice {
    std::string hostApi; ///< "ALSA", "JACK Audio Connection Kit", …
    std::string name;    ///< as the host API calls it; unique within it
    int channels = 0;
    double sampleRate = 0.0;                    ///< its own
    double lowLatency = 0.0, highLatency = 0.0; ///< seconds, as the device suggests
    bool isDefault = false;                     ///< of the system
    bool operator==(const SoundDevice&) const = default;
};

/// The device and settings that the user chose. A plain value.
struct SoundDeviceChoice {
    std::string hostApi;  ///< empty: any
    std::string name;     ///< empty: the system's (or the host API's) default
    int sampleRate = 0;   ///< frames per second; 0: the clip's own
    int bufferFrames = 0; ///< 0: the device's choice
    double latency = 0.0; ///< wanted seconds between callback and loudspeaker; 0: what the device calls safe
    bool operator==(const SoundDeviceChoice&) const = default;
};

/// One output stream of PortAudio, which runs PlaybackCore::render() as its callback. Every function may take long
/// (to open a device, or to close one that has vanished): not for the GUI thread. One thread at a time.
///
/// open() and start() throw base::Failure, one line for people.
class SoundStream {
public:
    SoundStream(); ///< does not throw: without a sound system there are no devices
    ~SoundStream();
    SoundStream(const SoundStream&) = delete;
    SoundStream& operator=(const SoundStream&) = delete;

    /// Looks which devices there are. Closes the stream, as PortAudio looks only when it is initialised.
    std::vector<SoundDevice> scan();

    /// Opens the device for clips of `clipRate` frames per second, at that rate if it can and nothing else was chosen,
    /// else at its own, and prepares the core for it. An open stream is closed first.
    void open(const SoundDeviceChoice& choice, int clipRate, PlaybackCore& core);
    void start();
    /// Stops at once and drops what was not heard yet.
    void stop();
    void close();

    bool isOpen() const;
    /// Whether the callback runs, or its last buffers are still being heard.
    bool isActive() const;
    int sampleRate() const;
    double latency() const; ///< seconds, as the device says after opening
    std::string deviceName() const;

private:
    class PortAudio;
    std::unique_ptr<PortAudio> m_portAudio;
};

} // namespace n2m::audio
