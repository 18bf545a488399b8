#pragma once

#include <QToolButton>

namespace n2m::ui {

class ClipView;

/// The handle on a ClipView's selection: dragged, it takes the selection into another program or a folder as a finished
/// file; pressed, it puts that file on the clipboard. It asks for the file by ClipView::excerptWanted() and goes on
/// when it is given. Part of the view, which owns it. GUI thread.
class SelectionGrip : public QToolButton {
    Q_OBJECT

public:
    explicit SelectionGrip(ClipView& view);

    /// At the selection's end, as far as that is in sight.
    void place();
    /// The user drags: the file is wanted, and taken along if he still does when it comes.
    void drag();
    void release();
    /// The file that was asked for; empty: there is none.
    void give(const QString& file);

Q_SIGNALS:
    void copied(const QString& file);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    enum class Wish { None, Drag, Copy };
    void want(Wish wish);

    ClipView& m_view;
    Wish m_wish = Wish::None; ///< what the file is for that is on its way
    QPoint m_pressed;
};

} // namespace n2m::ui
