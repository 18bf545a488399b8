#include "engine/audio/Export.h"
#include "engine/audio/Loudness.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <numbers>

using namespace n2m::audio;

namespace {

/// Two sines per channel, 24 kHz.
Clip music(double seconds, int channels = 2, double amplitude = 0.3) {
    const auto frames = static_cast<std::size_t>(seconds * 24000.0);
    Clip clip{std::vector<float>(frames * static_cast<std::size_t>(channels)), 24000, channels};
    for (std::size_t frame = 0; frame < frames; ++frame)
        for (int channel = 0; channel < channels; ++channel) {
            const double time = static_cast<double>(frame) / 24000.0, base = channel == 0 ? 440.0 : 554.0;
            clip.samples[frame * static_cast<std::size_t>(channels) + static_cast<std::size_t>(channel)] =
                static_cast<float>(amplitude * (std::sin(2.0 * std::numbers::pi * base * time) +
                                                0.5 * std::sin(2.0 * std::numbers::pi * 5.0 * base * time)));
        }
    return clip;
}

Metadata facts() {
    Metadata metadata;
    metadata.title = "Träumerei für Zwei";
    metadata.artist = "Noise2Music";
    metadata.comment = "a slow waltz; seed 7";
    metadata.software = "Noise2Music Studio";
    metadata.date = "2026-11-22";
    metadata.recipe = R"({"prompt":"a slow waltz „Blå“","seed":7})";
    return metadata;
}

/// Signal to noise in dB of one channel against the clip resampled ideally: its sines at the file's rate.
double signalToNoise(const Clip& clip, double base, double amplitude, std::size_t channel) {
    // Least squares over the middle, free of any delay: the sines in both phases.
    const double rate = clip.sampleRate;
    const std::size_t begin = clip.frames() / 4, end = clip.frames() * 3 / 4;
    double sum[4] = {}, power = 0.0;
    for (std::size_t frame = begin; frame < end; ++frame) {
        const double value = clip.samples[frame * static_cast<std::size_t>(clip.channels) + channel];
        const double phase = 2.0 * std::numbers::pi * base * static_cast<double>(frame) / rate;
        sum[0] += value * std::cos(phase);
        sum[1] += value * std::sin(phase);
        sum[2] += value * std::cos(5.0 * phase);
        sum[3] += value * std::sin(5.0 * phase);
        power += value * value;
    }
    const double n = static_cast<double>(end - begin);
    const double tones = 2.0 / n * (sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2] + sum[3] * sum[3]);
    if (std::abs(2.0 / n * std::hypot(sum[0], sum[1]) - amplitude) > 0.02 * amplitude) return -1.0; // another level
    return 10.0 * std::log10(tones / std::max(power - tones, 1e-12));
}

} // namespace

class ExportTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path file(const char* name) const {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    static QByteArray bytesOf(const std::filesystem::path& path) {
        QFile file(QString::fromStdString(path.string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void everyFormatAndRate_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("rate");
        // dB of signal to noise at least. Measured: 83.8 for 16 bit, 35.6 and more for lossy formats. The encoders'
        // code differs between processors, by far less than these 10 dB.
        QTest::addColumn<double>("quality");
        QTest::addColumn<QString>("described"); // in libsndfile's words
        for (const int rate : {24000, 44100, 48000}) {
            const auto row = [&](const char* label, const char* name, SampleFormat format, double quality,
                                 const char* described) {
                QTest::addRow("%s %d", label, rate) << name << int(format) << rate << quality << described;
            };
            row("WAV 16", "a.wav", SampleFormat::Pcm16, 75.0, "16 bit");
            row("WAV 24", "b.wav", SampleFormat::Pcm24, 90.0, "24 bit");
            row("WAV float", "c.wav", SampleFormat::Float32, 90.0, "32 bit float");
            row("FLAC 16", "d.flac", SampleFormat::Pcm16, 75.0, "16 bit");
            row("FLAC 24", "e.flac", SampleFormat::Pcm24, 90.0, "24 bit");
            row("Vorbis", "f.ogg", SampleFormat::Pcm16, 25.0, "Vorbis");
            if (rate != 44100) row("Opus", "g.opus", SampleFormat::Pcm16, 20.0, "Opus");
            row("MP3", "h.mp3", SampleFormat::Pcm16, 25.0, "MPEG");
        }
    }
    void everyFormatAndRate() {
        QFETCH(QString, name);
        QFETCH(int, format);
        QFETCH(int, rate);
        QFETCH(double, quality);
        QFETCH(QString, described);
        ExportSettings settings;
        settings.format = static_cast<SampleFormat>(format);
        settings.sampleRate = rate;
        const auto path = file(qPrintable(name));
        const ExportReport report = exportClip(path, music(3.0), settings, facts());
        QCOMPARE(report.gain, 0.0);
        QCOMPARE(report.clipped, std::size_t{0});

        const Clip back = readSoundFile(path);
        QCOMPARE(back.sampleRate, rate);
        QCOMPARE(back.channels, 2);
        QVERIFY2(std::abs(back.seconds() - 3.0) < 0.11, qPrintable(QString::number(back.seconds())));
        QVERIFY(QString::fromStdString(soundFileInfo(path).format).contains(described));
        for (std::size_t channel = 0; channel < 2; ++channel) {
            const double ratio = signalToNoise(back, channel == 0 ? 440.0 : 554.0, 0.3, channel);
            QVERIFY2(ratio > quality, qPrintable(QString::number(ratio)));
        }

        const Metadata metadata = readMetadata(path);
        QCOMPARE(metadata.title, facts().title);
        QCOMPARE(metadata.artist, facts().artist);
        QCOMPARE(metadata.comment, facts().comment);
        QCOMPARE(metadata.recipe, facts().recipe);

        const QByteArray bytes = bytesOf(path);
        exportClip(path, music(3.0), settings, facts());
        QCOMPARE(bytesOf(path), bytes);
    }

    void aRangeIsCutToTheSample() {
        const Clip clip = music(1.0);
        ExportSettings settings;
        settings.format = SampleFormat::Float32;
        settings.range = FrameRange{1001, 7654};
        exportClip(file("range.wav"), clip, settings);
        const Clip back = readSoundFile(file("range.wav"));
        QCOMPARE(back.frames(), std::size_t{6653});
        QVERIFY(std::equal(back.samples.begin(), back.samples.end(), clip.samples.begin() + 2 * 1001));

        settings.range = FrameRange{5, 24001};
        QVERIFY_EXCEPTION_THROWN(exportClip(file("range.wav"), clip, settings), std::invalid_argument);
        settings.range = FrameRange{5, 5};
        QVERIFY_EXCEPTION_THROWN(exportClip(file("range.wav"), clip, settings), std::invalid_argument);
        QCOMPARE(readSoundFile(file("range.wav")).frames(), std::size_t{6653}); // the old file stays
    }

    void normalises() {
        ExportSettings settings;
        settings.normalise = Normalise::Loudness;
        settings.loudness = -20.0;
        ExportReport report = exportClip(file("loud.wav"), music(3.0, 2, 0.02), settings);
        QVERIFY(!report.heldBack);
        QVERIFY(report.gain > 0.0);
        QVERIFY(std::abs(integratedLoudness(readSoundFile(file("loud.wav"))) + 20.0) < 0.05);

        // One click: its peak comes first.
        Clip clicks = music(3.0, 2, 0.02);
        clicks.samples[20000] = 0.9f;
        settings.loudness = -5.0;
        report = exportClip(file("held.wav"), clicks, settings);
        QVERIFY(report.heldBack);
        QVERIFY(std::abs(report.truePeak + 1.0) < 0.05);
        QVERIFY(!report.peaksTooHigh(file("held.wav")));

        settings.normalise = Normalise::Peak;
        settings.truePeak = -3.0;
        report = exportClip(file("peak.flac"), music(1.0), settings);
        QVERIFY(std::abs(truePeak(readSoundFile(file("peak.flac"))) + 3.0) < 0.02);

        // Silence has no loudness to bring anywhere.
        const Clip silence{std::vector<float>(48000, 0.0f), 24000, 1};
        report = exportClip(file("silence.wav"), silence, settings);
        QCOMPARE(report.gain, 0.0);
        const Clip back = readSoundFile(file("silence.wav"));
        QVERIFY(std::all_of(back.samples.begin(), back.samples.end(), [](float sample) { return sample == 0.0f; }));
    }

    void warnsOfPeaks() {
        Clip clip = music(1.0, 1, 1.0); // up to 1.5
        ExportSettings settings;
        ExportReport report = exportClip(file("over.wav"), clip, settings);
        QVERIFY(report.clipped > 0);
        QVERIFY(report.truePeak > 1.0);
        QVERIFY(report.peaksTooHigh("over.wav"));
        settings.format = SampleFormat::Float32; // keeps them
        report = exportClip(file("over.wav"), clip, settings);
        QCOMPARE(report.clipped, std::size_t{0});
        QCOMPARE(readSoundFile(file("over.wav")).samples, clip.samples);

        clip = music(1.0, 1, 0.65); // −0.2 dBFS: enough for WAV, too much for MP3
        settings.format = SampleFormat::Pcm24;
        QVERIFY(!exportClip(file("near.wav"), clip, settings).peaksTooHigh("near.wav"));
        QVERIFY(exportClip(file("near.mp3"), clip, settings).peaksTooHigh("near.mp3"));
    }

    /// A tone of a third of a 16-bit step vanishes when it is rounded. With dither it is there, under noise: the sum
    /// over many periods finds it at its level.
    void ditherKeepsWhatIsSmallerThanAStep() {
        const double amplitude = 0.33 / 32768.0;
        Clip clip{std::vector<float>(240000), 24000, 1};
        for (std::size_t frame = 0; frame < clip.samples.size(); ++frame)
            clip.samples[frame] = static_cast<float>(
                amplitude * std::sin(2.0 * std::numbers::pi * 1000.0 * double(frame) / 24000.0 + 0.1));
        ExportSettings settings;
        settings.format = SampleFormat::Pcm16;
        exportClip(file("dither.wav"), clip, settings);
        const Clip back = readSoundFile(file("dither.wav"));
        double in = 0.0, quadrature = 0.0, noise = 0.0;
        for (std::size_t frame = 0; frame < back.samples.size(); ++frame) {
            const double phase = 2.0 * std::numbers::pi * 1000.0 * double(frame) / 24000.0 + 0.1;
            in += back.samples[frame] * std::sin(phase);
            quadrature += back.samples[frame] * std::cos(phase);
            noise += back.samples[frame] * back.samples[frame];
        }
        const double found = 2.0 / double(back.samples.size()) * std::hypot(in, quadrature);
        // The noise of half a step leaves an error of 0.5·√(2/240000) = 0.0014 steps; the bound is 0.0165 steps.
        QVERIFY2(std::abs(found - amplitude) < 0.05 * amplitude, qPrintable(QString::number(found / amplitude)));
        // Rounding and triangular dither together have the power of a quarter of a step squared.
        const double steps = std::sqrt(noise / double(back.samples.size())) * 32768.0;
        QVERIFY2(std::abs(steps - std::sqrt(0.25 + 0.5 * 0.33 * 0.33)) < 0.02, qPrintable(QString::number(steps)));
    }

    void aRateThatTheContainerLacksBecomesItsNext() {
        ExportSettings settings;
        settings.sampleRate = 44100;
        exportClip(file("wanted.opus"), music(1.0), settings);
        QCOMPARE(soundFileInfo(file("wanted.opus")).sampleRate, 48000);
        Clip imported = music(1.0);
        imported.sampleRate = 44100; // as the clip is
        exportClip(file("imported.opus"), imported, {});
        const Clip back = readSoundFile(file("imported.opus"));
        QCOMPARE(back.sampleRate, 48000);
        QVERIFY(std::abs(back.seconds() - imported.seconds()) < 0.02);
        imported.sampleRate = 96000;
        exportClip(file("studio.mp3"), imported, {});
        QCOMPARE(soundFileInfo(file("studio.mp3")).sampleRate, 48000);
        exportClip(file("studio.flac"), imported, {});
        QCOMPARE(soundFileInfo(file("studio.flac")).sampleRate, 96000);
    }

    void refusalsAreOneLineAndLeaveNothing() {
        ExportSettings settings;
        try {
            exportClip(file("no.xyz"), music(0.5), settings);
            QFAIL("there is no such format");
        } catch (const std::invalid_argument& error) {
            QVERIFY(QString::fromUtf8(error.what()).contains(QStringLiteral("no.xyz")));
            QVERIFY(!QString::fromUtf8(error.what()).contains(QLatin1Char('\n')));
        }
        QVERIFY_EXCEPTION_THROWN(exportClip(file("no.aiff"), music(0.5), settings), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(exportClip(file("nowhere/a.wav"), music(0.5), settings), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(exportClip(file("empty.wav"), Clip{{}, 24000, 1}, settings), std::invalid_argument);
        const QStringList left = QDir(m_folder.path()).entryList({QStringLiteral("no*"), QStringLiteral("empty*")});
        QVERIFY2(left.isEmpty(), qPrintable(left.join(' ')));
    }
};

QTEST_GUILESS_MAIN(ExportTest)
#include "ExportTest.moc"
