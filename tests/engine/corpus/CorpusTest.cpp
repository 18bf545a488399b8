#include "engine/corpus/Corpus.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/SoundFile.h"
#include "engine/composer/Composer.h"
#include "engine/corpus/Renderer.h"
#include "engine/plan/PlanJson.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>
#include <memory>

using namespace n2m;
using namespace n2m::composer;
using namespace n2m::corpus;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> result;
    for (const auto& entry : fs::directory_iterator(folder))
        result[entry.path().filename().string()] = bytesOf(entry.path());
    return result;
}

/// The steepest rise of the level within ±30 ms of a time, in dB per 10 ms.
double onsetAt(const audio::Clip& clip, double time) {
    const auto energy = [&](double from) {
        const auto first = static_cast<std::ptrdiff_t>(from * clip.sampleRate);
        double sum = 1e-7;
        for (std::ptrdiff_t n = first; n < first + clip.sampleRate / 100; ++n)
            if (n >= 0 && n < static_cast<std::ptrdiff_t>(clip.samples.size()))
                sum += std::pow(static_cast<double>(clip.samples[static_cast<std::size_t>(n)]), 2);
        return 10.0 * std::log10(sum);
    };
    double steepest = 0.0;
    for (double shift = -0.03; shift <= 0.03; shift += 0.005)
        steepest = std::max(steepest, energy(time + shift) - energy(time + shift - 0.01));
    return steepest;
}

} // namespace

class CorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        // The smaller soundfont loads quickly, and the tests need no particular sound.
        const fs::path quick = "/usr/share/sounds/sf2/FluidR3_GM.sf2";
        m_soundfont = fs::exists(quick) ? quick : findSoundfont();
        m_renderer = std::make_unique<Renderer>(m_soundfont);
    }

    void everyGenreSounds() {
        for (const Genre& genre : m_vocabulary.genres()) {
            const Piece piece = pieceOf(genre.name, 7, 10.0);
            const audio::Clip clip = m_renderer->render(piece);
            QCOMPARE(clip.sampleRate, 24000);
            QCOMPARE(clip.samples.size(), std::size_t(240000));
            const double loudness = audio::integratedLoudness(clip);
            QVERIFY2(loudness > -19.0 && loudness < -15.5,
                     qPrintable(QString("%1: %2 LUFS").arg(genre.name.c_str()).arg(loudness)));
            QVERIFY(audio::truePeak(clip) <= -0.8);
        }
    }

    /// The lead is at most 9 dB below everything that accompanies it; over six seeds of every genre it was 6.1 dB.
    void theLeadIsHeard() {
        for (const Genre& genre : m_vocabulary.genres()) {
            const Piece piece = pieceOf(genre.name, 11, 12.0);
            const double lead = audio::integratedLoudness(m_renderer->renderOnly(piece, Track::Role::Lead));
            const double others = audio::integratedLoudness(m_renderer->renderOnly(piece, Track::Role::Accompaniment));
            QVERIFY2(lead > others - 9.0, qPrintable(QString("%1 (%2): lead %3, accompaniment %4")
                                                         .arg(genre.name.c_str(), piece.attributes.lead.c_str())
                                                         .arg(lead)
                                                         .arg(others)));
        }
    }

    /// With drums, the sound rises at the beats of the plan, much more than a quarter of a beat before or after.
    void beatsAreWhereThePlanSays() {
        for (const char* genre : {"rock", "house", "techno", "disco", "pop", "synthwave"}) {
            const Sketch sketch = drawSketch(m_vocabulary, 3, 12.0, {{.genre = genre, .mood = "energetic"}});
            const Piece piece = compose(m_vocabulary, sketch, 12.0);
            const audio::Clip drums = m_renderer->renderOnly(piece, Track::Role::Drums);
            double on = 0.0, off = 0.0;
            const double beat = 60.0 / piece.plan.bpm;
            for (const plan::Beat& each : piece.plan.beats) {
                const plan::Section* section = plan::sectionAt(piece.plan, each.time);
                if (each.time < 1.0 || !section || section->energy < 0.6f) continue;
                on += onsetAt(drums, each.time);
                off += 0.5 * (onsetAt(drums, each.time + 0.25 * beat) + onsetAt(drums, each.time + 0.75 * beat));
            }
            QVERIFY2(on > 2.0 * off && on > 0.0, qPrintable(QString("%1: %2 against %3").arg(genre).arg(on).arg(off)));
        }
    }

    void aClipDoesNotDependOnTheOneBefore() {
        const Piece piece = pieceOf("jazz", 5, 4.0);
        const audio::Clip first = m_renderer->render(piece);
        m_renderer->render(pieceOf("metal", 6, 4.0));
        QVERIFY(m_renderer->render(piece).samples == first.samples);
    }

    void aStoppedRunGoesOnToTheSameFolder() {
        const QTemporaryDir whole, stopped;
        CorpusOptions options{whole.path().toStdString(), 6, 9, 3.0, 2, m_soundfont};
        writeCorpus(options);
        const auto wanted = contents(options.folder);
        QCOMPARE(wanted.size(), std::size_t(7));

        options.folder = stopped.path().toStdString();
        struct Stop {};
        QVERIFY_THROWS_EXCEPTION(Stop, writeCorpus(options, [](const CorpusProgress& p) {
                                     if (p.done == 3) throw Stop();
                                 }));
        // The file looks as after a kill in the middle of a line.
        const fs::path list = options.folder / "clips.jsonl";
        fs::resize_file(list, fs::file_size(list) - 40);
        int skipped = -1;
        options.threads = 1;
        writeCorpus(options, [&](const CorpusProgress& p) { skipped = p.skipped; });
        QCOMPARE(skipped, 2);
        QVERIFY(contents(options.folder) == wanted);
        // A run that finds everything changes nothing.
        writeCorpus(options);
        QVERIFY(contents(options.folder) == wanted);
    }

    void linesAreInTheDataSetsFormat() {
        const QTemporaryDir folder;
        const CorpusOptions options{folder.path().toStdString(), 2, 10, 5.0, 1, m_soundfont};
        writeCorpus(options);
        std::ifstream stream(options.folder / "clips.jsonl");
        std::vector<nlohmann::json> lines;
        for (std::string line; std::getline(stream, line);)
            lines.push_back(nlohmann::json::parse(line));
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[0]["split"], "heldout");
        QCOMPARE(lines[1]["split"], "train");
        for (const auto& line : lines) {
            const auto info = audio::soundFileInfo(options.folder / line["audio"].get<std::string>());
            QCOMPARE(info.sampleRate, 24000);
            QCOMPARE(info.channels, 1);
            QCOMPARE(info.frames, std::size_t(120000));
            const plan::Plan plan = plan::planFromJson(line["plan"]);
            QCOMPARE(plan.bpm, line["attributes"]["bpm"].get<double>());
            QVERIFY(!line["captions"]["long"].empty() && !line["captions"]["short"].empty() &&
                    !line["captions"]["tags"].empty());
        }
    }

    void badOptionsAreRefused() {
        const QTemporaryDir folder;
        CorpusOptions options{folder.path().toStdString(), 0, 1, 3.0, 1, m_soundfont};
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, writeCorpus(options));
        options.clips = 1;
        options.seconds = std::nan("");
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, writeCorpus(options));
        options.seconds = 3.0;
        options.soundfont = "/nonexistent.sf2";
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, writeCorpus(options));
        options.folder = "/proc/nothing";
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, writeCorpus(options));
    }

private:
    Piece pieceOf(const std::string& genre, std::uint64_t seed, double seconds) {
        return compose(m_vocabulary, drawSketch(m_vocabulary, seed, seconds, {{.genre = genre}}), seconds);
    }
    Vocabulary m_vocabulary;
    fs::path m_soundfont;
    std::unique_ptr<Renderer> m_renderer;
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "CorpusTest.moc"
