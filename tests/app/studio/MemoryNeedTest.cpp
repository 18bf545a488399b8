#include "app/studio/MemoryNeed.h"
#include "tests/app/studio/StudioFixture.h"
#include "ui/Messages.h"

#include <QFile>
#include <QLabel>
#include <QToolButton>

using namespace n2m;
using studio::Memory;
using test::longEnough;

/// A clip that does not fit into the memory is refused at once; a shorter one, or the same one later, works.
class MemoryNeedTest : public test::StudioFixture {
    Q_OBJECT

    std::atomic<std::uint64_t> m_available = 0;

    studio::Studio::Setup setup() const override {
        studio::Studio::Setup setup = StudioFixture::setup();
        setup.generate = [this, made = setup.generate](const Request& request, Monitor& monitor) {
            studio::requireMemory(request.seconds, m_folder->path().toStdString(), {m_available, 1'000'000});
            return made(request, monitor);
        };
        return setup;
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    /// The estimate agrees with the measurements in MemoryNeed.cpp within a tenth.
    void isWhatWasMeasured() {
        const std::filesystem::path bundle = N2M_SOURCE_DIR "/assets/bundled";
        const std::pair<double, double> measured[] = {{10.0, 469.0}, {30.0, 549.0}, {120.0, 966.0}};
        for (const auto& [seconds, mebibytes] : measured) {
            const double told = static_cast<double>(studio::memoryForClip(seconds, bundle)) / 1048576.0;
            QVERIFY2(std::abs(told / mebibytes - 1.0) < 0.1, qPrintable(QString::number(told)));
        }
    }

    void growsWithTheModel() {
        const QString folder = m_folder->filePath("bundle/text");
        QVERIFY(QDir().mkpath(folder));
        const auto need = [&] { return studio::memoryForClip(1.0, m_folder->filePath("bundle").toStdString()); };
        const auto without = need();
        QFile weights(folder + "/model.safetensors");
        QVERIFY(weights.open(QIODevice::WriteOnly) && weights.resize(100'000'000)); // a hole in the file
        QVERIFY(need() >= without + 100'000'000);
    }

    void whatTheProgramHasCounts() {
        const auto need = studio::memoryForClip(1.0, {});
        studio::requireMemory(1.0, {}, {need - 1000, 1000});
        QVERIFY_EXCEPTION_THROWN(studio::requireMemory(1.0, {}, {need - 1001, 1000}), std::runtime_error);
        const Memory now = studio::memoryNow();
        QVERIFY(now.available > 1'000'000 && now.own > 1'000'000);
    }

    void isSaidWithBothNumbersAndCanBeTriedAgain() {
        m_available = 123'000'000;
        generate("too much");
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains("124 MB"), longEnough);
        QVERIFY2(notice().contains("350 MB"), qPrintable(notice()));
        QVERIFY(library().jobs().list().front().state == storage::JobState::Failed);
        QCOMPARE(m_engine->made, 0);
        m_available = 10'000'000'000;
        for (auto* button : m_studio->window().notice().findChildren<QAbstractButton*>())
            if (button->text().contains("Try again")) button->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
    }
};

QTEST_MAIN(MemoryNeedTest)
#include "MemoryNeedTest.moc"
