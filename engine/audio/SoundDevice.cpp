#include "engine/audio/SoundDevice.h"

#include "engine/audio/PlaybackCore.h"
#include "engine/base/Error.h"

#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <portaudio.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace n2m::audio {

namespace {

double steadySeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The audio callback. The rules of PlaybackCore::render() apply here too; to read the steady clock takes no system
/// call.
int callback(const void*, void* output, unsigned long frames, const PaStreamCallbackTimeInfo* time,
             PaStreamCallbackFlags flags, void* data) {
    auto& core = *static_cast<PlaybackCore*>(data);
    if (flags & paOutputUnderflow) core.countUnderflow();
    double delay = time ? time->outputBufferDacTime - time->currentTime : 0.0;
    if (!(delay >= 0.0 && delay < 2.0)) delay = 0.0; // some back ends do not know it
    return core.render(static_cast<float*>(output), frames, steadySeconds() + delay) ? paContinue : paComplete;
}

void sayNothing(const char*) {}
void sayNothing(const char*, int, const char*, int, const char*, ...) {}

template <class Handler> void setHandler(const char* function, Handler handler) {
    if (const auto set = reinterpret_cast<void (*)(Handler)>(dlsym(RTLD_DEFAULT, function))) set(handler);
}

/// ALSA and JACK write a page of complaints to the terminal for every device that could be there and is not. PortAudio
/// loads both libraries; where one is not loaded, there is nothing to silence.
void silenceBackEnds() {
    setHandler<void (*)(const char*, int, const char*, int, const char*, ...)>("snd_lib_error_set_handler", sayNothing);
    setHandler<void (*)(const char*)>("jack_set_error_function", sayNothing);
    setHandler<void (*)(const char*)>("jack_set_info_function", sayNothing);
}

/// Whether ALSA's configuration defines a default device or dmix, as all of Debian's do. Where it is empty or missing,
/// PortAudio's search for devices would end the program by an assertion, and there are no devices anyway.
bool alsaIsConfigured() {
    snd_config_t *top = nullptr, *device = nullptr;
    snd_config_update_t* update = nullptr;
    if (snd_config_update_r(&top, &update, nullptr) < 0) return false;
    const bool configured =
        snd_config_search(top, "pcm.default", &device) == 0 || snd_config_search(top, "pcm.dmix", &device) == 0;
    if (update) snd_config_update_free(update);
    if (top) snd_config_delete(top);
    return configured;
}

std::string reason(PaError error) {
    if (error == paUnanticipatedHostError) {
        const PaHostErrorInfo* info = Pa_GetLastHostErrorInfo();
        if (info && info->errorText && *info->errorText) return info->errorText;
    }
    return Pa_GetErrorText(error);
}

std::string hostApiOf(const PaDeviceInfo& device) {
    const PaHostApiInfo* api = Pa_GetHostApiInfo(device.hostApi);
    return api && api->name ? api->name : "";
}

} // namespace

class SoundStream::PortAudio {
public:
    PortAudio() { begin(); }
    ~PortAudio() {
        close();
        end();
    }

    void begin() {
        silenceBackEnds();
        m_begun = alsaIsConfigured() && Pa_Initialize() == paNoError;
    }
    void end() {
        if (m_begun) Pa_Terminate();
        m_begun = false;
    }
    void close() {
        if (m_stream) Pa_CloseStream(m_stream);
        m_stream = nullptr;
        if (m_core) m_core->callbackMayRun(false);
        m_core = nullptr;
    }

    int devices() const { return m_begun ? std::max(0, Pa_GetDeviceCount()) : 0; }

    /// The device of a choice; paNoDevice if there is none.
    PaDeviceIndex find(const SoundDeviceChoice& choice) const {
        PaDeviceIndex first = paNoDevice;
        for (PaDeviceIndex index = 0; index < devices(); ++index) {
            const PaDeviceInfo& info = *Pa_GetDeviceInfo(index);
            if (info.maxOutputChannels < 1) continue;
            if (!choice.hostApi.empty() && hostApiOf(info) != choice.hostApi) continue;
            if (!choice.name.empty() && info.name != choice.name) continue;
            if (first == paNoDevice) first = index;
            const PaDeviceIndex preferred = choice.hostApi.empty()
                                                ? Pa_GetDefaultOutputDevice()
                                                : Pa_GetHostApiInfo(info.hostApi)->defaultOutputDevice;
            if (index == preferred) return index;
        }
        return first;
    }

    bool m_begun = false;
    PaStream* m_stream = nullptr;
    PlaybackCore* m_core = nullptr;
    std::string m_name;
};

SoundStream::SoundStream()
    : m_portAudio(std::make_unique<PortAudio>()) {}

SoundStream::~SoundStream() = default;

std::vector<SoundDevice> SoundStream::scan() {
    m_portAudio->close();
    m_portAudio->end();
    m_portAudio->begin();
    std::vector<SoundDevice> found;
    for (PaDeviceIndex index = 0; index < m_portAudio->devices(); ++index) {
        const PaDeviceInfo& info = *Pa_GetDeviceInfo(index);
        if (info.maxOutputChannels < 1) continue;
        found.push_back({hostApiOf(info), info.name ? info.name : "", info.maxOutputChannels, info.defaultSampleRate,
                         info.defaultLowOutputLatency, info.defaultHighOutputLatency,
                         index == Pa_GetDefaultOutputDevice()});
    }
    return found;
}

void SoundStream::open(const SoundDeviceChoice& choice, int clipRate, PlaybackCore& core) {
    m_portAudio->close();
    const PaDeviceIndex index = m_portAudio->find(choice);
    if (index == paNoDevice && choice.name.empty()) throw base::Failure("No sound device was found");
    if (index == paNoDevice) throw base::Failure("The sound device “{}” is not there", choice.name);
    const PaDeviceInfo& info = *Pa_GetDeviceInfo(index);
    PaStreamParameters output{};
    output.device = index;
    output.channelCount = std::min(info.maxOutputChannels, PlaybackLevels::mostChannels);
    output.sampleFormat = paFloat32;
    output.suggestedLatency = choice.latency > 0.0 ? choice.latency : info.defaultHighOutputLatency;

    double rate = choice.sampleRate > 0 ? choice.sampleRate : clipRate;
    if (Pa_IsFormatSupported(nullptr, &output, rate) != paFormatIsSupported) rate = info.defaultSampleRate;
    core.prepare(static_cast<int>(std::lround(rate)), output.channelCount);
    const PaError error =
        Pa_OpenStream(&m_portAudio->m_stream, nullptr, &output, rate,
                      static_cast<unsigned long>(std::max(0, choice.bufferFrames)), paNoFlag, callback, &core);
    if (error != paNoError) {
        m_portAudio->m_stream = nullptr;
        throw base::Failure("The sound device “{}” cannot be opened: {}", info.name,
                            base::Message::verbatim(reason(error)));
    }
    m_portAudio->m_core = &core;
    m_portAudio->m_name = info.name;
}

void SoundStream::start() {
    m_portAudio->m_core->callbackMayRun(true);
    const PaError error = Pa_StartStream(m_portAudio->m_stream);
    if (error == paNoError) return;
    m_portAudio->m_core->callbackMayRun(false);
    throw base::Failure("The sound device “{}” does not start: {}", deviceName(),
                        base::Message::verbatim(reason(error)));
}

void SoundStream::stop() {
    if (!isOpen()) return;
    if (Pa_IsStreamStopped(m_portAudio->m_stream) != 1) Pa_AbortStream(m_portAudio->m_stream);
    m_portAudio->m_core->callbackMayRun(false);
}

void SoundStream::close() {
    m_portAudio->close();
}

bool SoundStream::isOpen() const {
    return m_portAudio->m_stream != nullptr;
}

bool SoundStream::isActive() const {
    return isOpen() && Pa_IsStreamActive(m_portAudio->m_stream) == 1;
}

int SoundStream::sampleRate() const {
    const PaStreamInfo* info = isOpen() ? Pa_GetStreamInfo(m_portAudio->m_stream) : nullptr;
    return info ? static_cast<int>(std::lround(info->sampleRate)) : 0;
}

double SoundStream::latency() const {
    const PaStreamInfo* info = isOpen() ? Pa_GetStreamInfo(m_portAudio->m_stream) : nullptr;
    return info ? info->outputLatency : 0.0;
}

std::string SoundStream::deviceName() const {
    return m_portAudio->m_name;
}

} // namespace n2m::audio
