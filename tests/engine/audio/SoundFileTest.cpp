#include "engine/audio/SoundFile.h"
#include "engine/audio/OggPages.h"
#include "engine/audio/SoundText.h"
#include "engine/audio/WavChunks.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <csignal>
#include <limits>
#include <sstream>
#include <stdexcept>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace n2m::audio;

namespace {

/// Noise whose samples are whole steps of `bits` bits, both extremes among them.
Clip noise(int bits, int channels, std::size_t frames = 5000) {
    Clip clip{std::vector<float>(frames * static_cast<std::size_t>(channels)), 24000, channels};
    const std::int64_t steps = std::int64_t{1} << bits;
    std::uint32_t state = 1;
    for (float& sample : clip.samples) {
        state = state * 1664525u + 1013904223u;
        sample = static_cast<float>(static_cast<double>(static_cast<std::int64_t>(state) % steps - steps / 2) /
                                    static_cast<double>(steps / 2));
    }
    clip.samples[0] = -1.0f;
    clip.samples[1] = static_cast<float>(static_cast<double>(steps / 2 - 1) / static_cast<double>(steps / 2));
    return clip;
}

Clip tone() {
    Clip clip{std::vector<float>(24000), 24000, 1};
    for (std::size_t n = 0; n < clip.samples.size(); ++n)
        clip.samples[n] = 0.5f * std::sin(0.1f * static_cast<float>(n));
    return clip;
}

/// JSON with everything that could go wrong on the way: quotes, line feeds (escaped), many bytes a character.
std::string recipe(std::size_t bytes) {
    nlohmann::json json;
    json["prompt"] = "„Blå hav“ \n \"søvnig\" 🎹🌊 \\ 日本語";
    json["seed"] = 18446744073709551615u;
    std::string filler;
    while (filler.size() < bytes)
        filler += "ß→音";
    json["filler"] = filler;
    return json.dump();
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// The message of what `call` throws; empty if it throws nothing.
template <class Exception, class Call> std::string messageOf(Call call) {
    try {
        call();
    } catch (const Exception& error) {
        return error.what();
    }
    return {};
}

bool isOneLine(const std::string& message) {
    return !message.empty() && message.find('\n') == std::string::npos;
}

} // namespace

class SoundFileTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    std::filesystem::path file(const char* name) const { return path(name).toStdString(); }

private Q_SLOTS:
    void samplesComeBack_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("bits");
        QTest::addColumn<QString>("described");
        QTest::newRow("WAV 16") << "a.wav" << int(SampleFormat::Pcm16) << 16 << "16 bit";
        QTest::newRow("WAV 24") << "a.wav" << int(SampleFormat::Pcm24) << 24 << "24 bit";
        QTest::newRow("WAV 32") << "a.WAV" << int(SampleFormat::Float32) << 24 << "32 bit float";
        QTest::newRow("FLAC 16") << "a.flac" << int(SampleFormat::Pcm16) << 16 << "16 bit";
        QTest::newRow("FLAC 24") << "a.Flac" << int(SampleFormat::Pcm24) << 24 << "24 bit";
    }
    void samplesComeBack() {
        QFETCH(QString, name);
        QFETCH(int, format);
        QFETCH(int, bits);
        QFETCH(QString, described);
        for (const int channels : {1, 2}) {
            const Clip clip = noise(bits, channels);
            const std::filesystem::path where = path(qPrintable(name)).toStdString();
            writeSoundFile(where, clip, static_cast<SampleFormat>(format));
            const Clip back = readSoundFile(where);
            QCOMPARE(back.sampleRate, 24000);
            QCOMPARE(back.channels, channels);
            QCOMPARE(back.samples, clip.samples);

            const SoundFileInfo info = soundFileInfo(where);
            QCOMPARE(info.frames, std::size_t(5000));
            QCOMPARE(info.channels, channels);
            QCOMPARE(info.seconds(), 5000.0 / 24000.0);
            QVERIFY2(QString::fromStdString(info.format).contains(described), info.format.c_str());
        }
    }

    void vorbisIsNear() {
        const Clip clip = tone();
        writeSoundFile(file("a.ogg"), clip);
        const Clip back = readSoundFile(file("a.ogg"));
        QCOMPARE(back.samples.size(), clip.samples.size());
        double error = 0.0;
        for (std::size_t n = 0; n < back.samples.size(); ++n)
            error += std::pow(static_cast<double>(back.samples[n]) - clip.samples[n], 2);
        QVERIFY(std::sqrt(error / 24000.0) < 0.01); // of a tone of 0.35
    }

    void loudSamplesAreClippedNotWrapped() {
        for (const SampleFormat format : {SampleFormat::Pcm16, SampleFormat::Pcm24}) {
            writeSoundFile(file("loud.wav"), Clip{{1.0f, 1.5f, -1.5f, 100.0f}, 24000, 1}, format);
            const Clip back = readSoundFile(file("loud.wav"));
            QVERIFY(back.samples[0] > 0.9999f && back.samples[1] > 0.9999f && back.samples[3] > 0.9999f);
            QCOMPARE(back.samples[2], -1.0f);
        }
    }

    void metadataComesBack_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("WAV") << "m.wav";
        QTest::newRow("FLAC") << "m.flac";
        QTest::newRow("Ogg") << "m.ogg";
    }
    void metadataComesBack() {
        QFETCH(QString, name);
        const std::filesystem::path where = path(qPrintable(name)).toStdString();
        for (const std::size_t size : {0u, 1u, 2u, 4096u, 150000u}) { // odd lengths too
            Metadata metadata{"Blå hav",
                              "Noise2Music 🎹",
                              "slow piano\nwith rain",
                              "Noise2Music Studio 0.1.0",
                              "2024-05-31T12:00:00",
                              recipe(size)};
            writeSoundFile(where, tone(), SampleFormat::Pcm16, metadata);
            const Metadata back = readMetadata(where);
            QCOMPARE(back.title, metadata.title);
            QCOMPARE(back.artist, metadata.artist);
            QCOMPARE(back.comment, metadata.comment);
            QCOMPARE(back.software, metadata.software);
            QCOMPARE(back.date, metadata.date);
            QCOMPARE(back.recipe, metadata.recipe);
            QCOMPARE(readSoundFile(where).frames(), std::size_t(24000));
        }
        writeSoundFile(where, tone());
        QVERIFY(readMetadata(where) == Metadata{});
    }

    /// The fields' places are EBU Tech 3285's.
    void wavExplainsItselfToAnEditor() {
        const Metadata metadata{"t", "a", "slow piano", "Noise2Music Studio", "2024-05-31T12:00:00", "{}"};
        writeSoundFile(file("bext.wav"), tone(), SampleFormat::Pcm24, metadata);
        std::istringstream stream(bytesOf(path("bext.wav")).toStdString());
        const std::string chunk = findWavChunk(stream, "bext", 10000).value();
        QVERIFY(chunk.size() >= 602);
        QCOMPARE(chunk.substr(0, 11), std::string("slow piano\0", 11));
        QCOMPARE(chunk.substr(256, 18), std::string("Noise2Music Studio"));
        QCOMPARE(chunk.substr(320, 10), std::string("2024-05-31"));
    }

    void longTextsOfWavAreCutBetweenCharacters() {
        Metadata metadata;
        for (int i = 0; i < 4096 / 3; ++i)
            metadata.comment += "音";
        writeSoundFile(file("long.wav"), tone(), SampleFormat::Pcm16, metadata);
        QCOMPARE(readMetadata(file("long.wav")).comment, metadata.comment.substr(0, 1899));
        writeSoundFile(file("long.flac"), tone(), SampleFormat::Pcm16, metadata);
        QCOMPARE(readMetadata(file("long.flac")).comment, metadata.comment);
    }

    void textsAreUtf8() {
        QCOMPARE(asUtf8("Bl\xe5"), std::string("Blå"));
        QCOMPARE(asUtf8("Blå 🎹"), std::string("Blå 🎹"));
        QCOMPARE(asUtf8("\xc0\x80"), std::string("À\xc2\x80"));
        QCOMPARE(cutUtf8("aå", 2), std::string("a"));
        QCOMPARE(cutUtf8("aå", 3), std::string("aå"));
        QVERIFY(splitRecipe("just a comment") == std::pair(std::string("just a comment"), std::string()));
    }

    void sameInputSameBytes() {
        const Metadata metadata{"t", "a", "c", "s", "2024-05-31", recipe(100)};
        const auto written = [&] {
            QList<QByteArray> files;
            for (const char* name : {"same.wav", "same.flac", "same.ogg"}) {
                writeSoundFile(file(name), tone(), SampleFormat::Pcm16, metadata);
                files << bytesOf(path(name));
            }
            writeSoundFile(file("same.wav"), tone(), SampleFormat::Float32, metadata);
            return files << bytesOf(path("same.wav"));
        };
        const QList<QByteArray> first = written();
        QTest::qSleep(1100); // the PEAK chunk and Ogg's serial number would follow the clock's seconds
        const QList<QByteArray> second = written();
        QVERIFY(first[0].size() > 48000 && first == second);
    }

    void badInputIsRefusedInOneLine_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        writeSoundFile(file("good.flac"), noise(16, 1), SampleFormat::Pcm16);
        writeSoundFile(file("good.wav"), Clip{{0.0f, 0.25f}, 24000, 1}, SampleFormat::Float32);
        const QByteArray flac = bytesOf(path("good.flac"));
        QByteArray nan = bytesOf(path("good.wav"));
        nan.replace(nan.size() - 4, 4, QByteArray::fromHex("0000c07f"));
        QTest::newRow("empty") << "e.wav" << QByteArray() << "empty";
        QTest::newRow("text") << "t.wav" << QByteArray("this is not a sound at all, it is a sentence\n") << "sound";
        QTest::newRow("zeros") << "z.flac" << QByteArray(5000, '\0') << "sound";
        QTest::newRow("cut FLAC") << "c.flac" << flac.left(flac.size() / 2) << "damaged";
        QTest::newRow("header only") << "h.wav" << bytesOf(path("good.wav")).left(44) << "sound";
        QTest::newRow("not a number") << "n.wav" << nan << "not numbers";
    }
    void badInputIsRefusedInOneLine() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        write(path(qPrintable(name)), bytes);
        const std::filesystem::path where = path(qPrintable(name)).toStdString();
        const std::string message = messageOf<std::runtime_error>([&] { readSoundFile(where); });
        QVERIFY2(isOneLine(message), message.c_str());
        QVERIFY2(message.starts_with(where.string()) && QString::fromStdString(message).contains(reason),
                 message.c_str());
    }

    void missingFilesAndFolders() {
        for (const auto& where : {file("none.wav"), std::filesystem::path(m_folder.path().toStdString()),
                                  std::filesystem::path("/dev/null")}) {
            QVERIFY(isOneLine(messageOf<std::runtime_error>([&] { readSoundFile(where); })));
            QVERIFY(isOneLine(messageOf<std::runtime_error>([&] { readMetadata(where); })));
            QVERIFY(isOneLine(messageOf<std::runtime_error>([&] { soundFileInfo(where); })));
        }
    }

    /// Every byte of a small file's first 300 overwritten, and every length cut: whatever comes, no crash.
    void damagedFilesNeverCrash() {
        for (const char* name : {"d.wav", "d.flac", "d.ogg"}) {
            writeSoundFile(file(name), noise(16, 1, 500), SampleFormat::Pcm16, {"t", "a", "c", "s", "d", recipe(10)});
            const QByteArray good = bytesOf(path(name));
            const auto tryOut = [&](const QByteArray& bytes) {
                write(path(name), bytes);
                const auto read = [&] {
                    readMetadata(file(name));
                    readSoundFile(file(name));
                };
                const std::string message = messageOf<std::runtime_error>(read);
                QVERIFY2(message.empty() || isOneLine(message), message.c_str());
            };
            for (int i = 0; i < std::min(300, int(good.size())); ++i) {
                QByteArray bad = good;
                bad[i] = static_cast<char>(0xff);
                tryOut(bad);
                if (i % 5 == 0) tryOut(good.left(i));
            }
        }
    }

    void badArgumentsAreRefused() {
        const auto refused = [](auto call) { return isOneLine(messageOf<std::invalid_argument>(call)); };
        const float notANumber = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(refused([&] { writeSoundFile(file("a.aiff"), tone()); }));
        QVERIFY(refused([&] { writeSoundFile(file("a"), tone()); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.flac"), tone(), SampleFormat::Float32); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.wav"), Clip{{}, 24000, 1}); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.wav"), Clip{{0.0f}, 0, 1}); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.wav"), Clip{{0.0f, 0.0f, 0.0f}, 24000, 2}); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.wav"), Clip{{0.0f, notANumber}, 24000, 1}); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.mp3"), Clip{std::vector<float>(600), 24000, 6}); }));
        QVERIFY(refused([&] { writeSoundFile(file("x.flac"), Clip{std::vector<float>(900), 24000, 9}); }));
        Metadata endless;
        endless.recipe.assign((1 << 20) + 1, ' ');
        QVERIFY(refused([&] { writeSoundFile(file("x.wav"), tone(), SampleFormat::Pcm16, endless); }));
        QVERIFY(!QFile::exists(path("x.wav")) && !QFile::exists(path("x.flac")));
    }

    /// A full disk, as a limit on the size of files: the old file stays as it was, nothing else is left behind.
    void failedWriteLeavesTheOldFile() {
        QTemporaryDir folder;
        const QString name = folder.filePath("old.wav");
        writeSoundFile(name.toStdString(), noise(16, 1, 100));
        const QByteArray before = bytesOf(name);

        rlimit old{};
        QVERIFY(getrlimit(RLIMIT_FSIZE, &old) == 0);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{20000, old.rlim_max};
        QVERIFY(setrlimit(RLIMIT_FSIZE, &small) == 0);
        const std::string message = messageOf<std::runtime_error>([&] { writeSoundFile(name.toStdString(), tone()); });
        QVERIFY(setrlimit(RLIMIT_FSIZE, &old) == 0);

        QVERIFY2(isOneLine(message) && QString::fromStdString(message).contains("cannot be written"), message.c_str());
        QVERIFY(bytesOf(name) == before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList("old.wav"));
    }

    void unwritablePlaces() {
        struct stat before {};
        QVERIFY(stat("/dev/null", &before) == 0);
        for (const std::string where : {"/nowhere/at/all.wav", "/proc/x.wav"})
            QVERIFY(isOneLine(messageOf<std::runtime_error>([&] { writeSoundFile(where, tone()); })));
        QDir(m_folder.path()).mkdir("folder.wav");
        QVERIFY(isOneLine(messageOf<std::runtime_error>([&] { writeSoundFile(file("folder.wav"), tone()); })));
        QVERIFY(QFile::link("/dev/null", path("null.wav")));
        QVERIFY(isOneLine(messageOf<std::runtime_error>([&] { writeSoundFile(file("null.wav"), tone()); })));
        QVERIFY(QFileInfo(path("null.wav")).isSymLink());
    }

    void hostileChunks() {
        std::string wav = "RIFF....WAVE";
        appendWavChunk(wav, "abcd", "odd");
        appendWavChunk(wav, "n2mr", "recipe");
        const auto find = [](const std::string& bytes, std::size_t most) {
            std::istringstream stream(bytes);
            return findWavChunk(stream, "n2mr", most);
        };
        QCOMPARE(find(wav, 100).value(), std::string("recipe"));
        QVERIFY(!find(wav, 5));
        QVERIFY(!find(wav.substr(0, wav.size() - 1), 100));
        QVERIFY(!find("RIFX" + wav.substr(4), 100));
        std::string huge = wav;
        huge.replace(16, 4, "\xff\xff\xff\xff");
        QVERIFY(!find(huge, 100));
        QVERIFY_EXCEPTION_THROWN(appendWavChunk(huge, "long name", ""), std::invalid_argument);
        std::string ogg = "OggS and then nothing of the kind";
        QVERIFY_EXCEPTION_THROWN(setOggSerial(ogg, 1), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(SoundFileTest)
#include "SoundFileTest.moc"
