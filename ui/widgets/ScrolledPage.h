#pragma once

#include <QScrollArea>

class QDialog;

namespace n2m::ui {

/// A dialog's page: as large as its content, or scrolled if the screen is too small. The dialog's buttons stay outside,
/// so that they can always be reached. GUI thread.
class ScrolledPage : public QScrollArea {
    Q_OBJECT

public:
    /// Takes ownership of `content`.
    explicit ScrolledPage(QWidget* content, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    /// Follows changes of the content's size.
    bool eventFilter(QObject* watched, QEvent* event) override;
};

/// Gives a dialog the size that it needs, or the screen's; a visible dialog is not made smaller.
void fitIntoScreen(QDialog& dialog, QSize wanted = {});

} // namespace n2m::ui
