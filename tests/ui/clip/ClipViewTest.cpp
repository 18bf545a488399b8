#include "ui/clip/ClipView.h"
#include "tests/ui/clip/ClipViewFixture.h"

#include <QMenu>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QToolButton>

#include <cmath>

using namespace n2m;
using namespace n2m::test;
using namespace n2m::ui;

namespace {

/// Records the region that a widget is asked to repaint.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget& widget) { widget.installEventFilter(this); }
    QRegion region;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

} // namespace

class ClipViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsThere() {
        ClipView view;
        show(view);
        view.setClip(sine(4.0, 440.0, 0.5f));
        settle(view);
        const audio::FrequencyAxis mel(audio::FrequencyScale::Mel, 0.0, 12000.0);
        const QRectF area = view.areas().spectrogram;
        const QPointF a4(at(view, 2.0).x(), area.bottom() - mel.positionOf(440.0) * area.height());
        ClipReadout readout = view.readoutAt(a4);
        QVERIFY(std::abs(readout.time - 2.0) < 0.01);
        QVERIFY(readout.frequency && std::abs(*readout.frequency - 440.0) < 1.0);
        QVERIFY(readout.level);
        QVERIFY2(std::abs(*readout.level + 6.02) < 1.0, qPrintable(readout.text));
        QVERIFY2(readout.text.startsWith(QStringLiteral("0:02.000   440 Hz   A4")), qPrintable(readout.text));
        const auto back = qScopeGuard([locale = QLocale()] { QLocale::setDefault(locale); });
        QLocale::setDefault(QLocale(QLocale::German));
        const QString german = view.readoutAt(a4).text;
        QVERIFY2(german.startsWith(QStringLiteral("0:02,000   440 Hz   A4   ")) && !german.contains(u'.') &&
                     german.count(u',') == 2,
                 qPrintable(german));
        // The waveform: its peak.
        readout = view.readoutAt(at(view, 1.0));
        QVERIFY(!readout.frequency);
        QVERIFY(std::abs(*readout.level + 6.02) < 0.1);
        // Signals follow the mouse.
        QSignalSpy hovers(&view, &ClipView::hovered);
        QTest::mouseMove(&view, a4.toPoint());
        QTRY_VERIFY(!hovers.isEmpty());
        // Other axes have other places.
        SpectrogramOptions options = view.options();
        options.scale = audio::FrequencyScale::Linear;
        view.setOptions(options);
        readout = view.readoutAt({at(view, 2.0).x(), area.bottom() - 0.25 * area.height()});
        QVERIFY(std::abs(*readout.frequency - 3000.0) < 1.0);
    }

    void onlyAStripIsRepaintedWhilePlaying() {
        ClipView view;
        show(view);
        view.setClip(sine(30.0));
        settle(view);
        QCoreApplication::processEvents();
        PaintWatch watch(view);
        view.timeline().setPlayhead(10.0);
        QTRY_VERIFY(!watch.region.isEmpty());
        int area = 0;
        for (const QRect& rect : watch.region)
            area += rect.width() * rect.height();
        QVERIFY2(area <= 2 * 15 * view.height(), qPrintable(QString::number(area)));
    }

    void thePlayheadShowsOnDarkAndBright() {
        for (const float amplitude : {0.0f, 1.0f}) {
            ClipView view;
            show(view);
            view.setClip(sine(10.0, 6000.0, amplitude));
            settle(view);
            view.timeline().setPlayhead(5.0);
            const QImage picture = view.grab().toImage();
            const QRectF area = view.areas().spectrogram;
            const audio::FrequencyAxis mel(audio::FrequencyScale::Mel, 0.0, 12000.0);
            const int y = static_cast<int>(area.bottom() - mel.positionOf(6000.0) * area.height());
            const int x = static_cast<int>(at(view, 5.0).x());
            int darkest = 255, brightest = 0;
            for (int i = x - 2; i <= x + 2; ++i) {
                const int grey = qGray(picture.pixel(i, y));
                darkest = std::min(darkest, grey);
                brightest = std::max(brightest, grey);
            }
            QVERIFY2(brightest - darkest > 100, qPrintable(QString::number(brightest - darkest)));
        }
    }

    void followsThePlayhead() {
        ClipView view;
        show(view);
        view.setClip(sine(60.0));
        view.timeline().showNormal();
        view.timeline().scrollTo(0.0);
        const double end = view.timeline().end();
        view.timeline().setPlayhead(end - 0.01);
        QCOMPARE(view.timeline().begin(), 0.0);
        view.timeline().setPlayhead(end + 0.01);
        QVERIFY(view.timeline().begin() > end - 1.0 && view.timeline().begin() <= end + 0.01);
        view.setFollowing(false);
        const double begin = view.timeline().begin();
        view.timeline().setPlayhead(59.0);
        QCOMPARE(view.timeline().begin(), begin);
    }

    void comparesTwoClips() {
        ClipView view;
        show(view);
        view.setComparison(ClipView::Comparison::Difference); // nothing to compare with
        QCOMPARE(view.comparison(), ClipView::Comparison::A);
        view.setClip(sine(4.0, 1000.0, 0.5f));
        view.setCompared(sine(4.0, 1000.0, 0.25f), 6.0206);
        QSignalSpy takes(&view, &ClipView::comparisonChanged);
        view.setComparison(ClipView::Comparison::B);
        settle(view);
        const audio::FrequencyAxis mel(audio::FrequencyScale::Mel, 0.0, 12000.0);
        const QRectF area = view.areas().spectrogram;
        const QPointF tone(at(view, 2.0).x(), area.bottom() - mel.positionOf(1000.0) * area.height());
        QVERIFY(std::abs(*view.readoutAt(tone).level + 12.04) < 1.0);
        // As loud as each other, they are the same.
        view.setComparison(ClipView::Comparison::Difference);
        settle(view);
        QVERIFY(std::abs(*view.readoutAt(tone).level) <= 0.5);
        view.setCompared(sine(4.0, 1000.0, 0.25f), 0.0);
        settle(view);
        QVERIFY(std::abs(*view.readoutAt(tone).level + 6.02) < 0.6);
        QCOMPARE(takes.size(), 2);
        view.setCompared(nullptr);
        QCOMPARE(view.comparison(), ClipView::Comparison::A);
    }

    void hasButtonsForIt() {
        ClipView view;
        show(view);
        const auto button = [&](const QString& text) {
            for (auto* one : view.findChildren<QToolButton*>())
                if (one->text() == text) return one;
            return static_cast<QToolButton*>(nullptr);
        };
        view.setClip(sine(4.0));
        QVERIFY(!button(QStringLiteral("B"))->isVisible());
        view.setCompared(sine(4.0, 500.0));
        QVERIFY(button(QStringLiteral("B"))->isVisible());
        QTest::mouseClick(button(QStringLiteral("B")), Qt::LeftButton);
        QCOMPARE(view.comparison(), ClipView::Comparison::B);
        QVERIFY(button(QStringLiteral("B"))->isChecked() && !button(QStringLiteral("A"))->isChecked());
        // The menu sets what it says, and knows what is set.
        const QMenu* menu = view.findChild<QMenu*>();
        QVERIFY(menu);
        QSignalSpy changes(&view, &ClipView::optionsChanged);
        int found = 0;
        for (QAction* action : view.findChildren<QAction*>())
            if (action->text().contains(QStringLiteral("Linear")) || action->text() == QStringLiteral("Viridis")) {
                action->trigger();
                ++found;
            }
        QCOMPARE(found, 2);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(toString(view.options()), QStringLiteral("linear viridis 80 20"));
        QVERIFY(spectrogramOptionsFromString(toString(view.options())) == view.options());
        QVERIFY(spectrogramOptionsFromString(QStringLiteral("nonsense 7")) == SpectrogramOptions{});
    }

    void nothingAtAll() {
        ClipView view;
        show(view, {240, 160});
        view.timeline().zoomIn();
        view.timeline().zoomOut();
        view.timeline().showSelection();
        view.timeline().loopSelection();
        view.timeline().selectFromPlayhead();
        view.timeline().setPlayhead(3.0);
        turnWheel(view, {100, 80}, 120, Qt::ControlModifier);
        drag(view, {80, 60}, {150, 70});
        QTest::mouseDClick(&view, Qt::LeftButton, {}, {100, 30});
        QVERIFY(!view.grab().isNull());
        view.setClip(std::make_shared<audio::Clip>(audio::Clip{{0.5f}, 24000, 1})); // one sample
        settle(view);
        view.timeline().zoomIn();
        drag(view, {80, 60}, {150, 70});
        view.setClip(nullptr);
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(ClipViewTest)
#include "ClipViewTest.moc"
