#pragma once

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QString>

#include <cstring>
#include <vector>

namespace n2m::test {

/// The sound device of a test: ALSA's default device becomes a file over nothing, into which PortAudio writes as fast
/// as it can. No loudspeaker and no pace. To be made before the player that is to use it; one at a time.
class SoundRecorder {
public:
    explicit SoundRecorder(const QString& folder)
        : m_file(QDir(folder).filePath(QStringLiteral("heard.raw"))) {
        QSaveFile configuration(QDir(folder).filePath(QStringLiteral("alsa.conf")));
        if (!configuration.open(QIODevice::WriteOnly)) qFatal("no configuration for ALSA");
        configuration.write(QStringLiteral("pcm.nothing { type null }\n"
                                           "pcm.!default { type file slave.pcm nothing file \"%1\" format raw }\n")
                                .arg(m_file)
                                .toUtf8());
        if (!configuration.commit()) qFatal("no configuration for ALSA");
        qputenv("ALSA_CONFIG_PATH", configuration.fileName().toLocal8Bit());
    }

    /// What the device was given so far, as frames of two channels, without those in which both are silent: with such
    /// frames PortAudio fills its buffers. A clip that is to be found here again has none.
    std::vector<float> heard() const {
        QFile file(m_file);
        if (!file.open(QIODevice::ReadOnly)) return {};
        const QByteArray bytes = file.readAll();
        std::vector<float> samples(static_cast<std::size_t>(bytes.size()) / sizeof(float)), sound;
        if (!samples.empty()) std::memcpy(samples.data(), bytes.constData(), samples.size() * sizeof(float));
        for (std::size_t i = 0; i + 1 < samples.size(); i += 2)
            if (samples[i] != 0.0f || samples[i + 1] != 0.0f) sound.insert(sound.end(), {samples[i], samples[i + 1]});
        return sound;
    }

private:
    QString m_file;
};

} // namespace n2m::test
