#pragma once

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace n2m::ui {

class Actions;

/// The searchable list of all keys, where they can be changed. It refuses a key of another action and names that. GUI
/// thread.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    /// `actions` must outlive it.
    explicit ShortcutsDialog(Actions& actions, QWidget* parent = nullptr);

private:
    void fill();
    void filter(const QString& text);
    void showCurrent();
    void change();
    void reset();

    Actions& m_actions;
    QLineEdit* m_search;
    QTreeWidget* m_list;
    QKeySequenceEdit* m_keys;
    QPushButton *m_set, *m_clear, *m_reset;
    QLabel* m_problem;
};

} // namespace n2m::ui
