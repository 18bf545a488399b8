#include "ui/making/MakingStrip.h"

#include "engine/plan/Harmony.h"
#include "ui/actions/Actions.h"
#include "ui/making/EstimatePicture.h"
#include "ui/style/Icons.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Label.h"

namespace n2m::ui {
namespace {

constexpr int sideWidth = 150, compactWidth = 110;
constexpr int stripHeight = 112, compactHeight = 60;

} // namespace

MakingStrip::MakingStrip(Actions& actions, QWidget* parent)
    : QFrame(parent)
    , m_listen(actions["queue.listen"])
    , m_picture(new EstimatePicture)
    , m_side(new QWidget)
    , m_title(headingLabel(tr("In progress")))
    , m_text(new ElidedLabel)
    , m_plan(new ElidedLabel)
    , m_button(new QPushButton) {
    setObjectName("making");
    setProperty("panel", true);
    m_text->setProperty("dimmed", true);
    m_plan->setObjectName("makingPlan");
    m_plan->setProperty("dimmed", true);
    m_button->setObjectName("listen");
    m_button->setIcon(icon("play"));
    m_button->setFocusPolicy(Qt::TabFocus); // a click leaves Space to playing
    m_button->setToolTip(tr("Hear the model's estimate so far; generation continues meanwhile. %1")
                             .arg(m_listen->shortcut().toString(QKeySequence::NativeText)));
    connect(m_button, &QPushButton::clicked, m_listen, &QAction::trigger);

    auto* sideLayout = new QVBoxLayout(m_side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(3);
    sideLayout->addWidget(m_title);
    sideLayout->addWidget(m_text);
    sideLayout->addWidget(m_plan);
    sideLayout->addStretch();
    sideLayout->addWidget(m_button);
    auto* line = new QFrame;
    line->setProperty("line", true);
    line->setFixedHeight(1);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(10, 8, 10, 8);
    row->setSpacing(10);
    row->addWidget(m_picture, 1);
    row->addWidget(m_side);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(line);
    layout->addLayout(row, 1);
    setCompact(false);
    end();
}

void MakingStrip::setCompact(bool compact) {
    setFixedHeight(compact ? compactHeight : stripHeight);
    m_side->setFixedWidth(compact ? compactWidth : sideWidth);
    m_title->setVisible(!compact);
    m_text->setVisible(!compact);
    m_plan->setVisible(!compact);
}

void MakingStrip::begin(const QString& prompt) {
    m_text->setText(prompt.simplified());
    m_text->setToolTip(prompt.simplified());
    m_plan->clear();
    m_picture->clear();
    m_picture->setHint({});
    showPreparing(false);
    show();
}

void MakingStrip::showPlan(const plan::Plan& plan) {
    m_plan->setText(tr("%1 bpm, %2", "tempo and key")
                        .arg(QLocale().toString(plan.bpm, 'f', 0), QString::fromStdString(plan::toString(plan.key))));
}

void MakingStrip::setStatus(const QString& status) {
    m_picture->setHint(status);
}

void MakingStrip::showEstimate(const Estimate& estimate, const SpectrogramOptions& options) {
    m_picture->setOptions(options);
    m_picture->setEstimate(estimate);
    m_listen->setEnabled(!m_preparing);
    m_button->setEnabled(!m_preparing);
}

void MakingStrip::showPreparing(bool preparing) {
    m_preparing = preparing;
    m_button->setText(preparing ? tr("A moment …") : tr("Listen"));
    const bool ready = !preparing && !m_picture->isEmpty();
    m_listen->setEnabled(ready);
    m_button->setEnabled(ready);
}

void MakingStrip::end() {
    m_listen->setEnabled(false);
    hide();
}

} // namespace n2m::ui
