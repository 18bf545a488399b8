// Measures how long one frame of a clip view keeps the GUI thread busy, and paints pictures of it.
//   clip-view-bench [--pictures FOLDER] [CLIPS.JSONL]
// With QT_QPA_PLATFORM=offscreen no display is needed; QT_SCALE_FACTOR=2 for HiDPI.
#include "engine/audio/SoundFile.h"
#include "engine/plan/PlanJson.h"
#include "ui/clip/ClipView.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QThread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>

using namespace n2m;

namespace {

struct Piece {
    std::shared_ptr<const audio::Clip> clip;
    std::optional<plan::Plan> plan;
};

std::vector<Piece> read(const std::filesystem::path& list, std::size_t most) {
    std::vector<Piece> pieces;
    std::ifstream stream(list);
    for (std::string line; pieces.size() < most && std::getline(stream, line);) {
        const auto json = nlohmann::json::parse(line);
        const auto file = list.parent_path() / json["audio"].get<std::string>();
        pieces.push_back(
            {std::make_shared<const audio::Clip>(audio::readSoundFile(file)), plan::planFromJson(json["plan"])});
    }
    return pieces;
}

std::shared_ptr<const audio::Clip> noise(double seconds, int rate, int channels) {
    auto clip = std::make_shared<audio::Clip>(
        audio::Clip{std::vector<float>(static_cast<std::size_t>(seconds * rate) * static_cast<std::size_t>(channels)),
                    rate, channels});
    std::uint32_t state = 1;
    for (float& sample : clip->samples) {
        state = state * 1664525u + 1013904223u;
        sample = static_cast<float>(static_cast<std::int32_t>(state)) / 4294967296.0f;
    }
    return clip;
}

void wait(ui::ClipView& view) {
    do {
        QThread::msleep(2);
        QCoreApplication::processEvents();
        view.grab();
    } while (!view.complete());
}

/// The CPU time of this thread in ms; on a shared machine the wall clock says little.
double busy() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

std::string spread(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return fmt::format("median {:5.2f}  95% {:5.2f}  most {:5.2f}", times[times.size() / 2],
                       times[times.size() * 95 / 100], times.back());
}

/// Runs `frame` again and again, as a display would, and prints how long it and the painting took, in ms.
template <class Frame> void measure(const char* name, ui::ClipView& view, int frames, Frame frame) {
    std::vector<double> computed, passed;
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = busy();
        frame(i);
        QCoreApplication::processEvents(); // paints, and takes what the workers bring
        computed.push_back(busy() - before);
        passed.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
        QThread::msleep(4);
    }
    fmt::print("{:30} thread: {}   clock: {}\n", name, spread(computed), spread(passed));
    wait(view);
}

void bench(const char* name, ui::ClipView& view, const Piece& piece) {
    QElapsedTimer timer;
    timer.start();
    view.setClip(piece.clip);
    view.setPlan(piece.plan);
    QCoreApplication::processEvents();
    const double opened = static_cast<double>(timer.nsecsElapsed()) * 1e-6;
    wait(view);
    fmt::print("{}: {:.0f} s at {} Hz, {} channels; shown in {:.1f} ms, complete after {:.0f} ms\n", name,
               piece.clip->seconds(), piece.clip->sampleRate, piece.clip->channels, opened,
               static_cast<double>(timer.nsecsElapsed()) * 1e-6);
    const double length = piece.clip->seconds();
    measure("  playing, the whole in view", view, 300, [&](int i) { view.timeline().setPlayhead(length * i / 300.0); });
    view.timeline().setPlayhead(0.37 * length);
    const double middle = 0.6 * view.timeline().width();
    measure("  zooming in to the sample", view, 120, [&](int) { view.timeline().zoomAround(middle, 1.12); });
    measure("  zooming out again", view, 120, [&](int) { view.timeline().zoomAround(middle, 1.0 / 1.12); });
    view.timeline().showNormal();
    wait(view);
    measure("  playing, 10 ms per pixel", view, 300,
            [&](int i) { view.timeline().setPlayhead(0.1 * length + i / 60.0); });
    measure("  scrolling, 10 ms per pixel", view, 120, [&](int) { view.timeline().scrollBy(12.0); });
    view.timeline().fit();
    wait(view);
}

void picture(ui::ClipView& view, const QDir& folder, const char* name) {
    wait(view);
    view.grab().save(folder.filePath(QString::fromLatin1(name) + QStringLiteral(".png")));
}

void pictures(const QDir& folder, const std::vector<Piece>& pieces) {
    for (const ui::Theme theme : {ui::Theme::Dark, ui::Theme::Light}) {
        ui::applyTheme(*qApp, theme);
        const std::string suffix = theme == ui::Theme::Dark ? "dark" : "light";
        ui::ClipView view;
        view.resize(1000, 520);
        view.show();
        const auto save = [&](const std::string& name) { picture(view, folder, (name + "-" + suffix).c_str()); };
        save("empty");
        view.setClip(pieces[0].clip);
        view.setPlan(pieces[0].plan);
        view.timeline().setPlayhead(9.3);
        save("whole");
        view.timeline().setSelection({24000 * 12, 24000 * 17});
        view.timeline().setLoop(audio::FrameRange{24000 * 12, 24000 * 17});
        save("selection");
        view.timeline().showRange(8.0, 14.0);
        save("bars");
        view.timeline().showRange(9.28, 9.32);
        save("milliseconds");
        view.timeline().showRange(9.2995, 9.3005);
        save("samples");
        view.timeline().fit();
        view.timeline().setSelection({});
        view.timeline().setLoop(std::nullopt);
        for (int map = 1; map < ui::colourMapNames().size(); ++map) {
            ui::SpectrogramOptions options;
            options.colours = static_cast<ui::ColourMap>(map);
            options.scale = map % 2 ? audio::FrequencyScale::Logarithmic : audio::FrequencyScale::Linear;
            view.setOptions(options);
            save("map-" + ui::toString(options.colours).toStdString());
        }
        view.setOptions({});
        if (pieces.size() > 1) {
            view.setCompared(pieces[1].clip, 0.0);
            view.setComparison(ui::ClipView::Comparison::Difference);
            save("difference");
            view.setComparison(ui::ClipView::Comparison::B);
            save("second");
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    QString folder;
    if (arguments.size() >= 2 && arguments[0] == QStringLiteral("--pictures")) {
        folder = arguments[1];
        arguments = arguments.mid(2);
    }
    const std::vector<Piece> pieces =
        arguments.isEmpty() ? std::vector<Piece>{{noise(30.0, 24000, 2), {}}} : read(arguments[0].toStdString(), 2);
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        pictures(QDir(folder), pieces);
        return 0;
    }
    ui::applyTheme(application, ui::Theme::Dark);
    ui::ClipView view;
    view.resize(1280, 600);
    view.show();
    bench("half a minute", view, pieces[0]);
    bench("an hour", view, {noise(3600.0, 44100, 2), {}});
    return 0;
}
