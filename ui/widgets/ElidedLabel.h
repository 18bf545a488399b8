#pragma once

#include <QLabel>

namespace n2m::ui {

/// One line of plain text, cut with "…" if it is too long; text() is all of it. It never widens its window. GUI thread.
class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace n2m::ui
