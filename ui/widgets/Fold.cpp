#include "ui/widgets/Fold.h"

#include "ui/style/Icons.h"

namespace n2m::ui {

Fold::Fold(const QString& title, QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_button(new QToolButton)
    , m_content(content) {
    m_button->setText(title);
    m_button->setObjectName("fold");
    m_button->setCheckable(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_button->setIconSize(QSize(12, 12));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_button);
    layout->addWidget(m_content);
    connect(m_button, &QToolButton::toggled, this, &Fold::setOpen);
    setOpen(false);
}

bool Fold::isOpen() const {
    return m_button->isChecked();
}

void Fold::setOpen(bool open) {
    m_button->setIcon(icon(open ? "chevron-down" : "chevron-right"));
    m_button->setChecked(open);
    if (m_content->isVisibleTo(this) == open) return;
    m_content->setVisible(open);
    Q_EMIT toggled(open);
}

} // namespace n2m::ui
