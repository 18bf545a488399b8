#include "ui/window/TaskStrip.h"

#include <QLocale>
#include <QProgressBar>

namespace n2m::ui {

TaskStrip::TaskStrip(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_bar(new QProgressBar)
    , m_stop(new QPushButton(tr("Cancel"))) {
    setObjectName("task");
    setProperty("panel", true);
    m_text->setObjectName("taskText");
    m_text->setTextFormat(Qt::PlainText);
    m_bar->setObjectName("taskBar");
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_stop->setObjectName("taskStop");
    m_stop->setToolTip(tr("Stop after the current file; finished files stay"));
    m_stop->setFocusPolicy(Qt::TabFocus); // a click leaves the focus where it is
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 8, 5);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addWidget(m_bar, 1);
    layout->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, &TaskStrip::stopRequested);
    hide();
}

void TaskStrip::showTask(const QString& what, std::size_t done, std::size_t of) {
    const auto number = [](std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); };
    if (!m_stopping)
        m_text->setText(of > 1 ? tr("%1: %2 of %3", "a task and its files").arg(what, number(done), number(of))
                               : tr("%1 …", "a task").arg(what));
    m_bar->setAccessibleName(what);
    m_bar->setRange(0, of > 1 ? static_cast<int>(of) : 0);
    m_bar->setValue(static_cast<int>(done));
    m_stop->setEnabled(!m_stopping);
    show();
}

void TaskStrip::showStopping() {
    m_stopping = true;
    m_text->setText(tr("Stopping after the current file …"));
    m_stop->setEnabled(false);
}

void TaskStrip::end() {
    m_stopping = false;
    hide();
}

} // namespace n2m::ui
