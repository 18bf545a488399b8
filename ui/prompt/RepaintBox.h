#pragma once

#include "engine/request/Request.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace n2m::ui {

/// Of which clip a range is to be made anew, as long as that is what Generate does; else hidden. GUI thread.
class RepaintBox : public QFrame {
    Q_OBJECT

public:
    explicit RepaintBox(QWidget* parent = nullptr);

    /// Whether the clip has the length of the sound, as the range ends before it does.
    bool fixesLength() const { return m_repaint && !m_toEnd; }
    bool isActive() const { return m_repaint.has_value(); }
    /// What Generate does, in a word or two for its button; empty: a whole clip.
    QString verb() const;
    void drop();

    /// Its part of a request, whose `seconds` is known already: a range that reaches to the end keeps doing so.
    void writeTo(Request& request) const;
    void show(const Request& request);

Q_SIGNALS:
    void changed();
    /// A whole clip comes next after all.
    void dropped();

private:
    void refresh();

    QLabel* m_text;
    std::optional<Repaint> m_repaint;
    bool m_toEnd = false;
};

} // namespace n2m::ui
