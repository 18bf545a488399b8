#pragma once

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <cstring>
#include <vector>

namespace n2m::test {

/// Gives ALSA a configuration of its own, by a file in `folder`. The file appears whole: a player may be looking for
/// devices at the same time.
inline void configureAlsa(const QString& folder, const QByteArray& text) {
    QSaveFile configuration(folder + QStringLiteral("/alsa.conf"));
    if (!configuration.open(QIODevice::WriteOnly)) qFatal("no configuration for ALSA");
    configuration.write(text);
    if (!configuration.commit()) qFatal("no configuration for ALSA");
    qputenv("ALSA_CONFIG_PATH", QFile::encodeName(configuration.fileName()));
}

/// A system without a sound card: ALSA's names lead to no device. PortAudio aborts where ALSA has no name at all.
inline void removeSoundDevices(const QString& folder) {
    configureAlsa(folder, "pcm.front { type hw card 77 }\npcm.!default { type hw card 77 }\n");
}

/// The sound device of a test, "recorder", which is ALSA's default, too: a file over the null device, into which
/// PortAudio writes as fast as it can. Make it before the player that uses it, one at a time.
class SoundRecorder {
public:
    /// Records into a file of its own, or into `file`.
    explicit SoundRecorder(const QString& file = {})
        : m_file(file.isEmpty() ? m_folder.filePath(QStringLiteral("heard.raw")) : file) {
        const QString device = QStringLiteral("{ type file slave.pcm nothing file \"%1\" format raw }\n").arg(m_file);
        configureAlsa(m_folder.path(),
                      ("pcm.nothing { type null }\npcm.recorder " + device + "pcm.!default " + device).toUtf8());
    }

    /// The frames of two channels so far, without those in which both are silent: PortAudio fills its buffers with such
    /// frames. A clip to be found here must not have silent frames.
    std::vector<float> heard() const {
        std::vector<float> sound;
        const std::vector<float> samples = read();
        for (std::size_t i = 0; i + 1 < samples.size(); i += 2)
            if (samples[i] != 0.0f || samples[i + 1] != 0.0f) sound.insert(sound.end(), {samples[i], samples[i + 1]});
        return sound;
    }
    /// The frames of two channels from the first sound on.
    std::vector<float> heardFromFirstSound() const {
        std::vector<float> samples = read();
        const auto sound = std::find_if(samples.begin(), samples.end(), [](float sample) { return sample != 0.0f; });
        samples.erase(samples.begin(), samples.begin() + (sound - samples.begin()) / 2 * 2);
        return samples;
    }
    /// The left channel of heardFromFirstSound().
    std::vector<float> heardLeft() const {
        std::vector<float> left;
        const std::vector<float> samples = heardFromFirstSound();
        for (std::size_t i = 0; i + 1 < samples.size(); i += 2)
            left.push_back(samples[i]);
        return left;
    }
    qint64 bytes() const { return QFileInfo(m_file).size(); } ///< of all that was recorded, silence included
    void clear() { QFile::remove(m_file); }                   ///< deletes the record of a stopped player

private:
    std::vector<float> read() const {
        QFile file(m_file);
        if (!file.open(QIODevice::ReadOnly)) return {};
        const QByteArray bytes = file.readAll();
        std::vector<float> samples(static_cast<std::size_t>(bytes.size()) / sizeof(float));
        if (!samples.empty()) std::memcpy(samples.data(), bytes.constData(), samples.size() * sizeof(float));
        return samples;
    }

    QTemporaryDir m_folder;
    QString m_file;
};

} // namespace n2m::test
