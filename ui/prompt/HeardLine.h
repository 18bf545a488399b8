#pragma once

#include "ui/prompt/HeardPrompt.h"

#include <QTimer>
#include <QWidget>

namespace n2m::ui {

class ElidedLabel;

/// One quiet line below a prompt: the things that the model understood of it, and those that it did not. GUI thread.
class HeardLine : public QWidget {
    Q_OBJECT

public:
    explicit HeardLine(QWidget* parent = nullptr);

    /// Shows what was understood. While `typed`, the prompt's last word may be half a word: it counts as unknown only
    /// after a moment without another call.
    void say(const HeardPrompt& heard, const QString& typed = {});

    QString text() const; ///< the whole line, for people who hear it

private:
    void show(const HeardPrompt& heard);

    ElidedLabel *m_heard, *m_doubts;
    HeardPrompt m_whole;
    QTimer m_pause;
};

} // namespace n2m::ui
