#include "ui/making/MakingStrip.h"

#include "ui/keys/Actions.h"
#include "ui/making/EstimatePicture.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Label.h"

namespace n2m::ui {
namespace {

constexpr int sideWidth = 150, stripHeight = 104;

} // namespace

MakingStrip::MakingStrip(Actions& actions, QWidget* parent)
    : QFrame(parent)
    , m_listen(actions["queue.listen"])
    , m_picture(new EstimatePicture)
    , m_text(dimmedLabel())
    , m_button(new QPushButton) {
    setObjectName("making");
    setProperty("panel", true);
    setFixedHeight(stripHeight);
    auto* title = headingLabel(tr("Being made"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long prompt must not widen the window
    m_button->setObjectName("listen");
    m_button->setIcon(icon("play"));
    m_button->setToolTip(tr("Hear the clip as the model guesses it so far; it goes on being made meanwhile. %1")
                             .arg(m_listen->shortcut().toString(QKeySequence::NativeText)));
    connect(m_button, &QPushButton::clicked, m_listen, &QAction::trigger);

    auto* side = new QWidget;
    side->setFixedWidth(sideWidth);
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(4);
    sideLayout->addWidget(title);
    sideLayout->addWidget(m_text);
    sideLayout->addStretch();
    sideLayout->addWidget(m_button);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(10);
    layout->addWidget(m_picture, 1);
    layout->addWidget(side);
    end();
}

void MakingStrip::begin(const QString& prompt) {
    m_prompt = prompt.simplified();
    m_picture->clear();
    m_picture->setHint({});
    showPreparing(false);
    showPrompt();
    show();
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

void MakingStrip::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    showPrompt();
}

void MakingStrip::showPrompt() {
    m_text->setText(m_text->fontMetrics().elidedText(m_prompt, Qt::ElideRight, sideWidth));
    m_text->setToolTip(m_prompt);
}

} // namespace n2m::ui
