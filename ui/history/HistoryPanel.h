#pragma once

#include <QFrame>
#include <QTimer>

#include <cstdint>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;

namespace n2m::storage {
class TakeStore;
}

namespace n2m::ui {

class Actions;
class HistoryDelegate;
class HistoryModel;

/// The clips of the library: a search field, an order, boards and trash, and the list. GUI thread.
class HistoryPanel : public QFrame {
    Q_OBJECT

public:
    /// All must outlive it.
    HistoryPanel(HistoryModel& model, storage::TakeStore& takes, Actions& actions, QWidget* parent = nullptr);

    std::vector<std::int64_t> selectedIds() const;
    std::int64_t currentId() const; ///< 0 = none
    void select(std::int64_t id);
    void focusSearch();
    bool showsTrash() const;

    /// Looks again, keeping selection and place where it can.
    void refresh();

Q_SIGNALS:
    /// A take became the one to look at; 0 = none.
    void currentChanged(qlonglong take);
    /// Double click or Return: to be heard.
    void activated(qlonglong take);
    void starClicked(qlonglong take, bool starred);
    void ratingClicked(qlonglong take, int rating);
    /// Takes are to be put on a board; 0 = on one that is to be made.
    void boardChosen(qlonglong board);

private:
    void search();
    void fillScopes();
    void showMenu(const QPoint& place);
    void showCount();
    QMenu* boardMenu(QMenu* parent);

    HistoryModel& m_model;
    storage::TakeStore& m_takes;
    Actions& m_actions;
    QLineEdit* m_search;
    QComboBox *m_scope, *m_sort;
    QLabel *m_problem, *m_count;
    QLabel* m_empty;
    QListView* m_list;
    HistoryDelegate* m_delegate;
    QTimer m_delay;
};

} // namespace n2m::ui
