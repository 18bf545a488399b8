#pragma once

#include <QToolButton>

namespace n2m::ui {

class ClipView;

/// The handle of a ClipView's selection. Dragging it takes the selection into another program or a folder as a file, a
/// click copies that file. It asks for the file by ClipView::excerptWanted() and goes on at give(). Part of the view,
/// which owns it. GUI thread.
class SelectionGrip : public QToolButton {
    Q_OBJECT

public:
    explicit SelectionGrip(ClipView& view);

    /// Moves it to the selection's end, if that is in sight.
    void place();
    /// Asks for the file and drags it, if the user still drags when it comes.
    void drag();
    void release();
    /// Gives the file that was asked for; empty: there is none.
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
    Wish m_wish = Wish::None; ///< the purpose of the file that was asked for
    QPoint m_pressed;
};

} // namespace n2m::ui
