#include "engine/model/NoteSpectraFile.h"

#include "engine/model/Safetensors.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <stdexcept>

using namespace n2m;
using plan::NoteSpectra;

namespace {

/// `pitches` notes, each of one level throughout: `first`, `first` + 1, …
NoteSpectra::Instrument flat(int lowest, int pitches, std::uint8_t first, float release = 100.0f) {
    NoteSpectra::Instrument instrument{lowest, release, {}};
    for (int pitch = 0; pitch < pitches; ++pitch)
        instrument.levels.insert(instrument.levels.end(), NoteSpectra::ages.size() * NoteSpectra::bands,
                                 static_cast<std::uint8_t>(first + pitch));
    return instrument;
}

} // namespace

class NoteSpectraFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedIsReadBack() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("spectra.safetensors").toStdString();
        const NoteSpectra written(
            {{0, flat(60, 13, 100)}, {8000, flat(40, 2, 7, 55.5f)}, {plan::firstDrumKit + 25, flat(35, 47, 1, 0.0f)}});
        model::writeNoteSpectra(file, written);
        QVERIFY(model::readNoteSpectra(file).instruments() == written.instruments());
    }

    void damagedFilesAreRefused_data() {
        QTest::addColumn<QVector<int>>("program"); // program, lowest pitch, pitches
        QTest::addColumn<double>("release");
        QTest::newRow("more pitches than levels") << QVector<int>{0, 60, 3} << 1.0;
        QTest::newRow("no pitches") << QVector<int>{0, 60, 0} << 1.0;
        QTest::newRow("pitches beyond 127") << QVector<int>{0, 127, 2} << 1.0;
        QTest::newRow("a negative pitch") << QVector<int>{0, -1, 2} << 1.0;
        QTest::newRow("a negative program") << QVector<int>{-5, 60, 2} << 1.0;
        QTest::newRow("a release that is not a number") << QVector<int>{0, 60, 2} << std::nan("");
    }
    void damagedFilesAreRefused() {
        QFETCH(QVector<int>, program);
        QFETCH(double, release);
        const auto load = [&](const torch::Tensor& levels) {
            const QTemporaryDir folder;
            const std::filesystem::path file = folder.filePath("spectra.safetensors").toStdString();
            model::writeSafetensors(
                file, {{"programs", torch::tensor({program[0], program[1], program[2]}, torch::kLong).reshape({1, 3})},
                       {"releases", torch::tensor({static_cast<float>(release)})},
                       {"levels", levels}});
            return model::readNoteSpectra(file);
        };
        const auto ages = static_cast<std::int64_t>(NoteSpectra::ages.size());
        QVERIFY_EXCEPTION_THROWN(load(torch::ones({2, ages, NoteSpectra::bands}, torch::kByte)), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(load(torch::ones({2, ages, 79}, torch::kByte)), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(load(torch::ones({2, ages, NoteSpectra::bands})), std::runtime_error);
    }

    void aMissingFileIsNamed() {
        try {
            model::readNoteSpectra("/nowhere/spectra.safetensors");
            QFAIL("nothing was thrown");
        } catch (const std::runtime_error& error) {
            QVERIFY(QByteArray(error.what()).contains("/nowhere/spectra.safetensors"));
        }
    }
};

QTEST_GUILESS_MAIN(NoteSpectraFileTest)
#include "NoteSpectraFileTest.moc"
