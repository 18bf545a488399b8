#pragma once

#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/clip/ClipView.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <QtTest/QtTest>

#include <memory>

// The set-up of the tests of a clip view and its parts.
namespace n2m::test {

inline std::shared_ptr<const audio::Clip> sine(double seconds, double frequency = 1000.0, float amplitude = 0.5f,
                                               int rate = 24000, int channels = 1) {
    return std::make_shared<audio::Clip>(tone(seconds, frequency, rate, channels, amplitude));
}

inline plan::Plan fourChords(double seconds = 16.0, double bpm = 120.0) { // a bar is 2 s
    plan::PlanSketch sketch;
    sketch.bpm = bpm;
    sketch.key = plan::parseKey("A minor");
    sketch.progressions = {plan::parseProgression("Am F | C | G | Em")};
    sketch.form = {{"verse", 4, 0.4f, 0}, {"chorus", 4, 0.9f, 0}};
    return plan::buildPlan(sketch, seconds);
}

inline void turnWheel(QWidget& widget, QPointF at, int angle, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&widget, &event);
}

inline void drag(QWidget& widget, QPointF from, QPointF to, Qt::MouseButton button = Qt::LeftButton,
                 Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::mousePress(&widget, button, modifiers, from.toPoint());
    const auto move = [&](QPointF at) {
        QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, button, modifiers);
        QCoreApplication::sendEvent(&widget, &event);
    };
    move(0.5 * (from + to));
    move(to);
    QTest::mouseRelease(&widget, button, modifiers, to.toPoint());
}

inline void show(ui::ClipView& view, QSize size = {900, 500}) {
    view.resize(size);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
}

/// Waits until nothing that is in sight is still being computed.
inline void settle(ui::ClipView& view) {
    view.grab();
    QTRY_VERIFY_WITH_TIMEOUT((QCoreApplication::processEvents(), view.grab(), view.complete()), 20000);
}

/// A place over the waveform.
inline QPointF at(const ui::ClipView& view, double seconds, double share = 0.5) {
    const QRectF area = view.areas().waveform;
    return {area.left() + view.timeline().toPixel(seconds), area.top() + share * area.height()};
}

} // namespace n2m::test
