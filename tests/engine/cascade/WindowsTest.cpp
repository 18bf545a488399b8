#include "engine/cascade/Windows.h"

#include <QtTest/QtTest>

using namespace n2m::cascade;

class WindowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneWhereAllFits() {
        QCOMPARE(windowsOver(4800, 4800, 160), (std::vector<Window>{{0, 4800}}));
        QCOMPARE(windowsOver(160, 4800, 160), (std::vector<Window>{{0, 160}}));
    }

    void coverWithOverlapsAndFadeToOne() {
        for (const std::int64_t multiple : {1, 7, 160}) {
            for (const std::int64_t units : {3, 10, 17, 100, 333}) {
                for (const std::int64_t most : {1, 2, 3, 8, 30, 99}) {
                    const std::int64_t total = units * multiple;
                    const auto windows = windowsOver(total, most * multiple + multiple / 2, multiple);
                    QCOMPARE(windows.front().start, std::int64_t(0));
                    QCOMPARE(windows.back().start + windows.back().length, total);
                    torch::Tensor sum = torch::zeros({total});
                    for (std::size_t index = 0; index < windows.size(); ++index) {
                        const Window& window = windows[index];
                        QVERIFY(window.start % multiple == 0 && window.length % multiple == 0);
                        QVERIFY(window.length <= std::max<std::int64_t>(most, 2) * multiple);
                        if (index > 0) {
                            const Window& before = windows[index - 1];
                            const std::int64_t shared = before.start + before.length - window.start;
                            QVERIFY(shared >= multiple && shared * 8 >= window.length);
                        }
                        if (index > 1) { // only neighbours
                            const Window& second = windows[index - 2];
                            QVERIFY(second.start + second.length <= window.start);
                        }
                        sum.narrow(0, window.start, window.length).add_(fadeOf(windows, index));
                    }
                    QVERIFY((sum - 1.0).abs().max().item<double>() < 1e-5);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(WindowsTest)
#include "WindowsTest.moc"
