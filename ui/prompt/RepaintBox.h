#pragma once

#include "engine/request/Request.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace n2m::ui {

/// Shows the clip and the range that Generate will repaint or extend; hidden otherwise. GUI thread.
class RepaintBox : public QFrame {
    Q_OBJECT

public:
    explicit RepaintBox(QWidget* parent = nullptr);

    /// Whether the clip keeps the length of the sound, because the range ends before it does.
    bool fixesLength() const { return m_repaint && !m_toEnd; }
    bool isActive() const { return m_repaint.has_value(); }
    /// The text of the Generate button, "Repaint" or "Extend"; empty: a whole clip is made.
    QString verb() const;
    void drop();

    /// Writes its part of a request, whose `seconds` must be set: a range up to the end stays one.
    void writeTo(Request& request) const;
    void show(const Request& request);

Q_SIGNALS:
    void changed();
    /// The user wants a whole clip after all.
    void dropped();

private:
    void refresh();

    QLabel* m_text;
    std::optional<Repaint> m_repaint;
    bool m_toEnd = false;
};

} // namespace n2m::ui
