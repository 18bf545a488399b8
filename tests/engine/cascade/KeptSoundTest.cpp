#include "engine/cascade/KeptSound.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/SoundFile.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>

using namespace n2m;
using cascade::KeptSound;

namespace {

float toneAt(double time, double frequency, double amplitude) {
    return static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * frequency * time));
}

audio::Clip tone(double seconds, int rate, int channels, double frequency, double amplitude) {
    audio::Clip clip;
    clip.sampleRate = rate;
    clip.channels = channels;
    for (std::int64_t frame = 0; frame < std::llround(seconds * rate); ++frame)
        for (int channel = 0; channel < channels; ++channel)
            clip.samples.push_back(toneAt(static_cast<double>(frame) / rate, frequency * (channel + 1), amplitude));
    return clip;
}

} // namespace

class KeptSoundTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    // The sound is written as floats, so that samples can be compared; `file` is relative, as in a library.
    Repaint repaintOf(const audio::Clip& clip, double from, double to) const {
        const Repaint repaint{"sound.wav", from, to, m_folder.path().toStdString()};
        audio::writeSoundFile(repaint.folder / repaint.file, clip, audio::SampleFormat::Float32);
        return repaint;
    }

private Q_SLOTS:
    void samplesOutsideTheRangeStay() {
        const audio::Clip sound = tone(3.0, 44100, 2, 220.0, 0.3);
        const KeptSound kept(repaintOf(sound, 1.0, 2.0), 3.0);
        const audio::Clip made = tone(3.0, 24000, 1, 1000.0, 0.2);
        const audio::Clip clip = kept.with(made);
        QCOMPARE(clip.sampleRate, 44100);
        QCOMPARE(clip.channels, 2);
        QCOMPARE(clip.samples.size(), sound.samples.size());
        for (std::size_t i = 0; i < sound.samples.size(); ++i)
            if (i < 2 * 44100 || i >= 4 * 44100) QVERIFY(clip.samples[i] == sound.samples[i]);
        // The middle of the range has the made tone alone, at the kept sound's loudness, on both channels.
        audio::Clip heard = sound.mono();
        const double gain = std::pow(10.0, -audio::normaliseLoudness(heard, -16.0, 100.0) / 20.0);
        for (std::size_t frame = 50'000; frame < 80'000; ++frame) {
            const float expected = toneAt(static_cast<double>(frame) / 44100, 1000.0, 0.2 * gain);
            QVERIFY(std::abs(clip.samples[2 * frame] - expected) < 1e-3f);
            QVERIFY(clip.samples[2 * frame] == clip.samples[2 * frame + 1]);
        }
        // The edges have no greater jump than the two tones themselves.
        float most = 0.0f;
        for (std::size_t i = 2; i < clip.samples.size(); i += 2)
            most = std::max(most, std::abs(clip.samples[i] - clip.samples[i - 2]));
        QVERIFY2(most < 0.06f, qPrintable(QString::number(most)));
    }

    void goesOnBeyondItsEnd() {
        const audio::Clip sound = tone(2.0, 24000, 1, 220.0, 0.3);
        const KeptSound kept(repaintOf(sound, 1.9, 3.5), 3.5);
        const audio::Clip clip = kept.with(tone(3.4, 24000, 1, 300.0, 0.2)); // somewhat short, as stages may be
        QCOMPARE(clip.samples.size(), std::size_t(84'000));
        QVERIFY(std::equal(sound.samples.begin(), sound.samples.begin() + 45'600, clip.samples.begin()));
        QVERIFY(std::abs(clip.samples.back()) < 1e-3f);
    }

    void shorterThanTheSound() {
        const audio::Clip sound = tone(3.0, 24000, 1, 220.0, 0.3);
        const audio::Clip clip = KeptSound(repaintOf(sound, 0.0, 1.0), 2.0).with(tone(2.0, 24000, 1, 300.0, 0.2));
        QCOMPARE(clip.samples.size(), std::size_t(48'000));
        QVERIFY(std::equal(clip.samples.begin() + 24'000, clip.samples.end(), sound.samples.begin() + 24'000));
    }

    void madeSoundIsNotClipped() {
        const audio::Clip sound = tone(2.0, 24000, 1, 220.0, 0.3);
        audio::Clip loud = tone(2.0, 24000, 1, 300.0, 9.0);
        const audio::Clip clip = KeptSound(repaintOf(sound, 0.5, 1.5), 2.0).with(loud);
        for (const float sample : clip.samples)
            QVERIFY(std::abs(sample) < 0.9f);
    }

    // The generator gets the sound at −16 LUFS, without the frames that reach into the range.
    void spectrogramAndMask() {
        const audio::Clip sound = tone(3.0, 16000, 1, 440.0, 0.01);
        const auto known = KeptSound(repaintOf(sound, 1.0, 2.0), 4.0 - 1.0).spectrogram();
        QVERIFY(known.x0.sizes() == (std::vector<std::int64_t>{80, 300}));
        audio::Clip heard = sound;
        audio::normaliseLoudness(heard, -16.0, 100.0);
        const std::vector<float> expected = audio::LogMel().analyse(heard.samples);
        const torch::Tensor wanted = torch::from_blob(const_cast<float*>(expected.data()), {80, 300});
        QVERIFY((known.x0 - wanted).abs().max().item<double>() < 1e-3);
        QCOMPARE(known.where.narrow(1, 0, 97).min().item<double>(), 1.0);
        QCOMPARE(known.where.narrow(1, 97, 106).max().item<double>(), 0.0);
        QCOMPARE(known.where.narrow(1, 203, 97).min().item<double>(), 1.0);

        const auto longer = KeptSound(repaintOf(sound, 2.9, 5.0), 5.0).spectrogram();
        QCOMPARE(longer.where.sum().item<double>(), 287.0);
    }

    void refused() {
        const audio::Clip sound = tone(2.0, 24000, 1, 220.0, 0.3);
        QVERIFY_EXCEPTION_THROWN(KeptSound(repaintOf(sound, 2.5, 3.0), 3.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(KeptSound(repaintOf(sound, 0.5, 1.5), 3.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(KeptSound({"missing.flac", 0.0, 1.0, m_folder.path().toStdString()}, 2.0),
                                 std::runtime_error);
    }
};

QTEST_GUILESS_MAIN(KeptSoundTest)
#include "KeptSoundTest.moc"
