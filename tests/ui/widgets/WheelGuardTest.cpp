#include "ui/widgets/WheelGuard.h"

#include <QApplication>
#include <QComboBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest>

using namespace n2m::ui;

namespace {

void turnWheel(QWidget& over) {
    const QPointF place = over.rect().center();
    QWheelEvent event(place, over.mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QSpontaneKeyEvent::setSpontaneous(&event); // as from the system: an event that is ignored goes to the parent
    qApp->notify(&over, &event);
}

} // namespace

class WheelGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_area = std::make_unique<QScrollArea>();
        auto* content = new QWidget;
        content->setFixedSize(200, 2000);
        auto* layout = new QVBoxLayout(content);
        m_choice = new QComboBox;
        m_choice->addItems({"one", "two", "three"});
        m_number = new QSpinBox;
        layout->addWidget(m_choice);
        layout->addWidget(m_number);
        m_area->setWidget(content);
        // As in the program, which makes and measures fields before the window with the guard.
        m_choice->ensurePolished();
        m_number->ensurePolished();
        m_guard = std::make_unique<WheelGuard>(nullptr);
        m_area->resize(220, 300);
        m_area->show();
        m_area->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_area.get()));
        m_number->setValue(50);
    }

    void passingOverChangesNothingAndScrolls() {
        for (QWidget* field : {static_cast<QWidget*>(m_choice), static_cast<QWidget*>(m_number)}) {
            m_area->verticalScrollBar()->setValue(0);
            turnWheel(*field);
            QCOMPARE(m_choice->currentIndex(), 0);
            QCOMPARE(m_number->value(), 50);
            QVERIFY(m_area->verticalScrollBar()->value() > 0);
            QVERIFY(!field->hasFocus());
            QCOMPARE(field->focusPolicy(), Qt::StrongFocus); // the wheel alone does not give it
        }
    }

    void withTheFocusItCounts() {
        m_choice->setFocus();
        turnWheel(*m_choice);
        QCOMPARE(m_choice->currentIndex(), 1);
        m_number->setFocus();
        turnWheel(*m_number);
        QCOMPARE(m_number->value(), 49);
        QCOMPARE(m_area->verticalScrollBar()->value(), 0);
    }

private:
    std::unique_ptr<WheelGuard> m_guard;
    std::unique_ptr<QScrollArea> m_area;
    QComboBox* m_choice = nullptr;
    QSpinBox* m_number = nullptr;
};

QTEST_MAIN(WheelGuardTest)
#include "WheelGuardTest.moc"
