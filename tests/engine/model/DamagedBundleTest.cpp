// The files of a bundle, damaged in ways that are the same in every run: the cascade loads and runs, or it is refused
// with one line. Anything else ends this program.

#include "engine/Pipeline.h"
#include "engine/base/AtomicFile.h"
#include "engine/text/Tokenizer.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <functional>
#include <random>

#include <sys/resource.h>

using namespace n2m;
using base::readTextFile;
using base::writeTextFile;
namespace fs = std::filesystem;

namespace {

// The n-th way to damage a file. Half of the damage goes to the first `head` bytes, where the structure is.
std::string damaged(std::string bytes, unsigned way, std::size_t head) {
    std::mt19937 random(way);
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
    const std::size_t at = below(random() % 2 ? bytes.size() : std::min(head, bytes.size()));
    const std::size_t length = std::min(bytes.size() - at, 1 + below(16));
    switch (way % 6) {
    case 0:
        bytes.resize(at);
        break;
    case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
    case 2:
        bytes[at] = static_cast<char>(random());
        break;
    case 3:
        bytes.erase(at, length);
        break;
    case 4:
        bytes.insert(at, bytes.substr(at, length));
        break;
    default:
        bytes.replace(at, length, length, random() % 2 ? '\xff' : '9');
        break;
    }
    return bytes;
}

// The most memory that this process ever had, in bytes.
std::size_t mostMemory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

struct Silent : Monitor {
    void step(const Progress&) override {}
};

} // namespace

class DamagedBundleTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    fs::path m_folder = m_temporary.path().toStdString();

    void loadAndRun() const {
        Pipeline pipeline(m_folder, "cpu", 1);
        Request request;
        request.prompt = "a slow, sad piano ballad 🎹";
        request.seconds = 1.0;
        request.superResolution = "fourier";
        request.stages.resize(1);
        request.stages[0].steps = 1;
        request.spectrogramOnly = true;
        Silent monitor;
        pipeline.run(request, monitor);
    }

    // Damages `name` of m_folder in `ways` ways and lets `work` have each.
    void damage(const std::string& name, std::size_t head, unsigned ways, const std::function<void()>& work) {
        const std::string good = readTextFile(m_folder / name, 1 << 24);
        work();
        const std::size_t before = mostMemory();
        unsigned loaded = 0, refused = 0;
        for (unsigned way = 0; way < ways; ++way) {
            writeTextFile(m_folder / name, damaged(good, way, head));
            try {
                work();
                ++loaded;
            } catch (const std::exception& error) {
                ++refused;
                const QString message = QString::fromUtf8(error.what());
                QVERIFY2(!message.isEmpty() && !message.contains('\n') && message.size() < 1000,
                         qPrintable(QString("way %1: %2").arg(way).arg(message)));
                // A shortened file is always noticed, and the message names the right file.
                if (way % 6 == 0) QVERIFY2(message.contains(QString::fromStdString(name)), qPrintable(message));
            }
        }
        writeTextFile(m_folder / name, good);
        const std::size_t more = mostMemory() - before;
        qInfo("%s: %u loaded, %u refused, %.0f MB more", name.c_str(), loaded, refused,
              1e-6 * static_cast<double>(more));
        QVERIFY(refused >= ways / 6);
        QVERIFY(more < 300'000'000);
    }

private Q_SLOTS:
    void initTestCase() { test::makeTinyBundle(m_folder, {.waveformRoute = false, .superResolution = false}); }

    void cascade() {
        damage("cascade.json", 1 << 20, 150, [&] { loadAndRun(); });
    }
    void weights() {
        damage("spectrogram-generator.safetensors", 8192, 80, [&] { loadAndRun(); });
    }
    void planner() {
        damage("planner.safetensors", 4096, 100, [&] { loadAndRun(); });
    }
    void noteSpectra() {
        damage("note-spectra.safetensors", 512, 100, [&] { loadAndRun(); });
    }
    void encoder() {
        damage("text/model.safetensors", 4096, 80, [&] { loadAndRun(); });
    }
    void encoderConfiguration() {
        damage("text/config.json", 1 << 20, 100, [&] { loadAndRun(); });
    }

    // Without the cascade, which takes no part in it. The bundled model is the one with a table for normalizing.
    void tokenizer() {
        fs::copy_file(N2M_SOURCE_DIR "/assets/bundled/text/spiece.model", m_folder / "text/spiece.model",
                      fs::copy_options::overwrite_existing);
        damage("text/spiece.model", 64, 200, [&] {
            const text::Tokenizer tokenizer(m_folder / "text/spiece.model");
            try {
                tokenizer.decode(tokenizer.encode("a slow, sad piano ballad 🎹 Ⅷ ﬁne ﷺ ㌀"));
            } catch (const std::invalid_argument& error) {
                // a model that is in order, for texts without these letters
                if (std::string(error.what()).find('\n') != std::string::npos) throw;
            }
        });
    }

    // Every unit of the table led astray, one at a time: without a check SentencePiece reads where it leads.
    void tableOfTheTokenizer() {
        const fs::path file = m_folder / "table.model";
        const std::string good = readTextFile(N2M_SOURCE_DIR "/assets/bundled/text/spiece.model", 1 << 24);
        const std::size_t table = good.find(std::string("\x00\xb4\x02\x00", 4)); // nmt_nfkc: 177152 bytes of units
        QVERIFY(table != std::string::npos);
        for (std::size_t unit = 0; unit < 177152 / 4; unit += 2003) {
            std::string bytes = good;
            bytes.replace(table + 4 + unit * 4, 4, std::string("\x61\xff\xff\x7f", 4)); // "a", offset beyond the end
            writeTextFile(file, bytes);
            QVERIFY_EXCEPTION_THROWN(text::Tokenizer{file}, std::runtime_error);
        }
    }
};

QTEST_GUILESS_MAIN(DamagedBundleTest)
#include "DamagedBundleTest.moc"
