/// Opens the studio's window on a library of many takes (100,000 by default, or as many as the first argument says) and
/// prints the times of the start, of searches and of scrolling. Not a test: it asserts nothing. The takes have rows,
/// and twenty of them sound files. With a folder as second argument, the library is made there and kept.

#include "app/studio/Studio.h"
#include "storage/Library.h"
#include "tests/storage/ManyTakes.h"
#include "ui/actions/Actions.h"
#include "ui/clip/ClipView.h"
#include "ui/style/Theme.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QThread>
#include <QWheelEvent>
#include <QtTest/QtTest>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <random>

#include <time.h>
#include <unistd.h>

using namespace n2m;

namespace {

double clockMilliseconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Wall clock, and the GUI thread's processor time, which is more reliable on a busy machine.
class Stopwatch {
public:
    double wall() const { return clockMilliseconds(CLOCK_MONOTONIC) - m_wall; }
    double processor() const { return clockMilliseconds(CLOCK_THREAD_CPUTIME_ID) - m_processor; }

private:
    double m_wall = clockMilliseconds(CLOCK_MONOTONIC), m_processor = clockMilliseconds(CLOCK_THREAD_CPUTIME_ID);
};

/// Counts how often a widget is painted.
class Paints : public QObject {
public:
    explicit Paints(QWidget* widget)
        : QObject(widget) {
        widget->installEventFilter(this);
    }
    int count = 0;

    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

/// Processes events until `done`, then the posted ones, such as a pending paint.
template <class Condition> void settle(Condition done) {
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 60000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    QCoreApplication::sendPostedEvents();
}

void print(const std::string& name, std::vector<double> wall, std::vector<double> processor) {
    std::sort(wall.begin(), wall.end());
    std::sort(processor.begin(), processor.end());
    fmt::print("{:<46} {:8.2f} ms, at worst {:8.2f}; processor {:8.2f}, at worst {:8.2f}\n", name,
               wall[wall.size() / 2], wall.back(), processor[processor.size() / 2], processor.back());
    std::fflush(stdout);
}

audio::Clip tone(double frequency) {
    audio::Clip clip{std::vector<float>(30 * 24000), 24000, 1};
    for (std::size_t n = 0; n < clip.samples.size(); ++n)
        clip.samples[n] = 0.5f * static_cast<float>(std::sin(2.0 * std::numbers::pi * frequency * double(n) / 24000.0));
    return clip;
}

void makeLibrary(const std::filesystem::path& folder, int count) {
    if (std::filesystem::exists(folder / "library.db")) return;
    const Stopwatch watch;
    test::fillWithTakes(folder, count);
    storage::Library library(folder);
    for (int i = 0; i < 20; ++i) {
        storage::Take facts;
        facts.prompt = fmt::format("one with sound, number {}", i);
        facts.created = 1900000000000 + i; // the newest, whatever day it is
        library.takes().add(tone(200.0 + 20.0 * i), facts);
    }
    fmt::print("{} takes made in {:.1f} s\n", count, watch.wall() / 1000.0);
}

/// Seconds since the process began: the waiting time after a click on the program's icon.
double sinceTheProcessBegan() {
    std::ifstream stat("/proc/self/stat"), uptime("/proc/uptime");
    std::string text(std::istreambuf_iterator<char>(stat), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string field;
    for (int i = 3; i <= 22; ++i) // proc(5): the 22nd is when it began, in ticks since the machine did
        fields >> field;
    double now = 0.0;
    uptime >> now;
    return now - std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

class Benchmark {
public:
    Benchmark(const std::filesystem::path& library, QString settings) {
        m_setup.library = library;
        m_setup.settingsFile = std::move(settings);
        m_setup.generate = [](const Request&, Monitor&) -> Generation { throw std::runtime_error("not here"); };
    }

    void open() {
        m_studio = std::make_unique<studio::Studio>(m_setup);
        m_list = m_studio->window().findChild<QListView*>("history");
        m_search = m_studio->window().findChild<QLineEdit*>("historySearch");
        auto* paints = new Paints(m_list->viewport());
        m_studio->begin();
        settle([&] { return paints->count > 0; });
        m_paints = paints;
    }

    void start(double untilHere) {
        {
            const Stopwatch watch;
            open();
            fmt::print(
                "start, from main() on                          {:8.2f} ms; processor {:8.2f}; since the process "
                "began {:.0f} ms, of which before the window {:.0f}\n",
                watch.wall() + untilHere, watch.processor(), sinceTheProcessBegan() * 1000.0, untilHere);
        }
        std::vector<double> wall, processor;
        for (int i = 0; i < 5; ++i) {
            m_studio.reset();
            const Stopwatch watch;
            open();
            wall.push_back(watch.wall());
            processor.push_back(watch.processor());
        }
        print("the window again, to its first picture", wall, processor);
    }

    /// Measures from the last key to the painted list. The field is cleared in between; words are typed key by key,
    /// fields at once, as half a field is not valid.
    void search(const QString& text) {
        std::vector<double> wall, processor;
        int found = 0;
        for (int i = 0; i < 5; ++i) {
            type({});
            if (!text.contains(':'))
                for (int key = 1; key < text.size(); ++key)
                    type(text.left(key));
            const Stopwatch watch;
            type(text);
            wall.push_back(watch.wall());
            processor.push_back(watch.processor());
            found = m_list->model()->rowCount();
        }
        print(fmt::format("search '{}', {} found", text.toStdString(), found), wall, processor);
    }

    void type(const QString& text) {
        if (m_search->text() == text) return;
        bool found = false;
        const auto reset =
            QObject::connect(m_list->model(), &QAbstractItemModel::modelReset, m_list, [&] { found = true; });
        m_search->setText(text);
        settle([&] { return found; });
        const int before = m_paints->count;
        m_list->viewport()->update();
        settle([&] { return m_paints->count > before; });
        QObject::disconnect(reset);
    }

    template <class Step> void scroll(const std::string& name, int steps, Step step) {
        std::vector<double> wall, processor;
        for (int i = 0; i < steps; ++i) {
            const int before = m_paints->count;
            const Stopwatch watch;
            step(i);
            settle([&] { return m_paints->count > before; });
            wall.push_back(watch.wall());
            processor.push_back(watch.processor());
        }
        print(name, wall, processor);
    }

    void scrolling() {
        QScrollBar* bar = m_list->verticalScrollBar();
        std::mt19937 random(1);
        const auto wheel = [&](int) {
            const QPointF place(100.0, 100.0);
            QWheelEvent event(place, m_list->viewport()->mapToGlobal(place), QPoint(), QPoint(0, -120), Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_list->viewport(), &event);
        };
        bar->setValue(0);
        scroll("scroll: a notch of the wheel", 300, wheel);
        scroll("scroll: ten pixels, as a touchpad does", 300, [&](int) { bar->setValue(bar->value() + 10); });
        scroll("scroll: a page", 300, [&](int) { bar->setValue(bar->value() + bar->pageStep()); });
        scroll("scroll: the bar dragged through it all", 300,
               [&](int i) { bar->setValue(static_cast<int>(std::int64_t{bar->maximum()} * (i + 1) / 301)); });
        scroll("scroll: anywhere", 300,
               [&](int) { bar->setValue(static_cast<int>(random() % static_cast<unsigned>(bar->maximum()))); });
        scroll("the whole list painted again", 50, [&](int) { m_list->viewport()->update(); });
        bar->setValue(0);
    }

    void working() {
        const auto* model = m_list->model();
        scroll("arrow down: the next clip, its facts", 40, [&](int) {
            QTest::keyClick(m_list, Qt::Key_Down);
            m_list->viewport()->update();
        });
        scroll("star a clip in the middle", 10, [&](int i) {
            m_list->setCurrentIndex(model->index(model->rowCount() / 2 + i, 0));
            m_studio->actions()["clip.star"]->trigger();
            m_list->viewport()->update();
        });
        std::vector<double> wall, processor;
        for (int i = 0; i < 10; ++i) {
            storage::Library other(m_setup.library); // another program saves a clip; the window looks every second
            storage::Take facts;
            facts.prompt = "from elsewhere";
            facts.created = 1900000001000 + model->rowCount(); // the newest
            other.takes().add(tone(300.0), facts);
            const int rows = model->rowCount();
            wall.push_back(0.0);
            processor.push_back(0.0);
            while (model->rowCount() == rows) { // the longest time that the GUI thread is busy
                QThread::msleep(5);
                const Stopwatch watch;
                QCoreApplication::processEvents();
                wall.back() = std::max(wall.back(), watch.wall());
                processor.back() = std::max(processor.back(), watch.processor());
            }
        }
        print("a new clip comes in front", wall, processor);
        wall.clear();
        processor.clear();
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        m_list->setCurrentIndex(model->index(0, 0));
        for (int i = 0; i < 8; ++i) {
            const auto before = view->clip();
            const Stopwatch watch;
            m_list->setCurrentIndex(model->index(1 + i, 0));
            settle([&] { return view->clip() != before && view->clip(); });
            view->repaint();
            wall.push_back(watch.wall());
            processor.push_back(watch.processor());
        }
        print("click to a clip of 30 s seen", wall, processor);
    }

private:
    studio::Studio::Setup m_setup;
    std::unique_ptr<studio::Studio> m_studio;
    QListView* m_list = nullptr;
    QLineEdit* m_search = nullptr;
    Paints* m_paints = nullptr;
};

} // namespace

int main(int argc, char** argv) {
    const Stopwatch watch;
    QApplication application(argc, argv);
    ui::applyTheme(application, ui::Theme::Dark);
    const double untilHere = watch.wall();
    const int count = argc > 1 ? std::atoi(argv[1]) : 100000;
    const QTemporaryDir temporary;
    const std::filesystem::path folder = argc > 2 ? argv[2] : temporary.filePath("library").toStdString();
    const bool isNew = !std::filesystem::exists(folder / "library.db");
    makeLibrary(folder, count);
    if (isNew && argc > 2) {
        fmt::print(
            "now start it again: what has just been written is still in the processor's and the disk's caches\n");
    }
    Benchmark benchmark(folder, temporary.filePath("settings.ini"));
    benchmark.start(untilHere);
    for (const char* text :
         {"p", "pi", "piano", "slow piano", "s", "xyzzy", "key:Am bpm:90..120", "rating:>=4", "tag:night"})
        benchmark.search(text);
    benchmark.type({});
    benchmark.scrolling();
    benchmark.working();
}
