#pragma once

#include <QListWidget>

namespace n2m::ui {

/// A list of phrases below the caret of a text field. It never takes the keyboard: the field asks it about its keys. No
/// phrase is chosen before the user goes to one with the arrow keys. GUI thread.
class CompletionList : public QListWidget {
    Q_OBJECT

public:
    /// `field` must outlive it. The list is a part of the field's window, so that it never opens a window of its own.
    explicit CompletionList(QWidget& field);

    /// Shows phrases below a place in the field, or hides the list where there are none.
    void offer(const QStringList& phrases, const QRect& caret);
    /// Whether the list takes this key now; then handle() does what it means.
    bool wants(const QKeyEvent& key) const;
    void handle(const QKeyEvent& key);

Q_SIGNALS:
    void phraseChosen(const QString& phrase);

private:
    void move(int by);
    void choose(const QListWidgetItem* item);

    QWidget& m_field;
};

} // namespace n2m::ui
