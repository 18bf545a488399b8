#pragma once

#include <QScrollArea>

class QDialog;

namespace n2m::ui {

/// The page of a dialog: as large as what is on it, and scrolled where the screen has no room for that. The dialog's
/// buttons stay outside, so that they can always be reached. GUI thread.
class ScrolledPage : public QScrollArea {
    Q_OBJECT

public:
    /// Takes ownership of `content`.
    explicit ScrolledPage(QWidget* content, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    /// What is on it has changed its size.
    bool eventFilter(QObject* watched, QEvent* event) override;
};

/// Makes a dialog as large as it wants to be, or as its screen lets it be; one that is shown already is not made
/// smaller.
void fitIntoScreen(QDialog& dialog, QSize wanted = {});

} // namespace n2m::ui
