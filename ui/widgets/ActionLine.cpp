#include "ui/widgets/ActionLine.h"

#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Label.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace n2m::ui {

ActionLine::ActionLine(const QString& button, QWidget* parent)
    : QWidget(parent)
    , m_text(new ElidedLabel) {
    setState(m_text, "warning");
    auto* push = new QPushButton(button);
    push->setProperty("small", true);
    push->setFocusPolicy(Qt::TabFocus); // a click leaves Space to playing
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(push);
    connect(push, &QPushButton::clicked, this, &ActionLine::clicked);
    hide();
}

void ActionLine::say(const QString& text) {
    m_text->setText(text);
    m_text->setToolTip(text);
    setVisible(!text.isEmpty());
}

} // namespace n2m::ui
