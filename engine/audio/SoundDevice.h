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

/// What the user chose. A plain value.
struct SoundDeviceChoice {
    std::string hostApi;  ///< empty: any
    std::string name;     ///< empty: the system's (or the host API's) default
    int sampleRate = 0;   ///< frames per second; 0: the clip's own
    int bufferFrames = 0; ///< 0: as the device likes
    double latency =
        0.0; ///< seconds between callback and loudspeaker that are asked for; 0: what the device calls safe
    bool operator==(const SoundDeviceChoice&) const = default;
};

/// One output stream of PortAudio, which runs PlaybackCore::render() as its callback. Everything here may take its
/// time (opening a device, letting one go that has vanished): not for the GUI thread. One thread at a time.
///
/// Throws std::runtime_error, one line for people, from open() and start().
class SoundStream {
public:
    SoundStream(); ///< throws nothing: without a sound system there are no devices
    ~SoundStream();
    SoundStream(const SoundStream&) = delete;
    SoundStream& operator=(const SoundStream&) = delete;

    /// What there is now: closes the stream, as PortAudio looks only when it begins.
    std::vector<SoundDevice> scan();

    /// Opens the device for clips of `clipRate` frames per second, at that rate if it can and nothing else was chosen,
    /// else at its own, and prepares the core for it. An open stream is closed first.
    void open(const SoundDeviceChoice& choice, int clipRate, PlaybackCore& core);
    void start();
    /// At once, dropping what was not heard yet.
    void stop();
    void close();

    bool isOpen() const;
    /// The callback runs, or what it handed over is still being heard.
    bool isActive() const;
    int sampleRate() const;
    double latency() const; ///< seconds, as the device says after opening
    std::string deviceName() const;

private:
    class PortAudio;
    std::unique_ptr<PortAudio> m_portAudio;
};

} // namespace n2m::audio
