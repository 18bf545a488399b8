/// Lets the studio make 50 short clips in a row (or as many as the first argument says) with the bundled model and
/// prints its memory after every fifth. Not a test: it asserts nothing. The memory stays the same as soon as every part
/// of the engine has been used.

#include "app/studio/EngineSource.h"
#include "app/studio/ModelOfBundle.h"
#include "app/studio/Studio.h"

#include "engine/device/Runtime.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "ui/actions/Actions.h"
#include "ui/style/Theme.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <fmt/format.h>

#include <fstream>

#include <malloc.h>
#include <unistd.h>

using namespace n2m;

namespace {

double residentMegabytes() {
    std::ifstream statm("/proc/self/statm"); // proc(5): total, then resident, in pages
    double total = 0.0, resident = 0.0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double allocatedMegabytes() {
    const auto heap = mallinfo2();
    return static_cast<double>(heap.uordblks + heap.hblkhd) / 1e6;
}

Request requestOf(int clip) {
    static const char* prompts[] = {"a calm piano at 90 bpm in A minor", "fast rock with distorted guitars",
                                    "slow strings, dark", "jazz waltz with a soft saxophone", "bright synth pop"};
    Request request;
    request.prompt = prompts[clip % std::size(prompts)];
    request.seed = static_cast<std::uint64_t>(clip);
    request.seconds = 5.0;
    StageSettings few;
    few.steps = 2;
    request.stages.assign(3, few);
    return request;
}

} // namespace

int main(int argc, char** argv) {
    device::tuneAllocator(); // as the program does
    QApplication application(argc, argv);
    ui::applyTheme(application, ui::Theme::Dark);
    const int clips = argc > 1 ? std::atoi(argv[1]) : 50;
    const std::filesystem::path bundle = N2M_SOURCE_DIR "/assets/bundled";
    const QTemporaryDir folder;
    auto engine = std::make_shared<studio::EngineSource>();
    engine->choose({bundle, "cpu"});
    studio::Studio::Setup setup;
    setup.library = folder.filePath("library").toStdString();
    setup.settingsFile = folder.filePath("settings.ini");
    setup.model = studio::modelOfBundle(bundle);
    setup.tokens = studio::tokenCounterOfBundle(bundle);
    setup.generate = [engine](const Request& request, Monitor& monitor) { return engine->generate(request, monitor); };
    std::vector<storage::NewJob> jobs;
    for (int clip = 0; clip < clips; ++clip) {
        const Request request = requestOf(clip);
        jobs.push_back({toJson(request), request.prompt, request.seed, 1, 1});
    }
    {
        storage::Library library(setup.library);
        library.jobs().add(jobs);
    }

    studio::Studio window(std::move(setup));
    fmt::print("{:>5} {:>10} {:>14} {:>8}\n", "clips", "RSS, MB", "allocated, MB", "seconds");
    const auto print = [](std::size_t made, double seconds) {
        fmt::print("{:>5} {:>10.1f} {:>14.1f} {:>8.1f}\n", made, residentMegabytes(), allocatedMegabytes(), seconds);
        std::fflush(stdout);
    };
    print(0, 0.0);
    window.begin();
    QElapsedTimer timer;
    timer.start();
    std::size_t printed = 0;
    while (printed < static_cast<std::size_t>(clips)) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const std::size_t made = window.library().takes().count();
        if (made < printed + 5 && made < static_cast<std::size_t>(clips)) continue;
        print(made, static_cast<double>(timer.elapsed()) / 1000.0);
        printed = made;
    }
}
