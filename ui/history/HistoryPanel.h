#pragma once

#include "storage/TakeQuery.h"

#include <QFrame>
#include <QTimer>

#include <cstdint>
#include <optional>
#include <vector>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QSettings;

namespace n2m::storage {
class MarkStore;
class TakeStore;
} // namespace n2m::storage

namespace n2m::ui {

class Actions;
class HistoryDelegate;
class HistoryModel;

/// The clips of the library: a search field, an order, boards and trash, and the list. GUI thread.
class HistoryPanel : public QFrame {
    Q_OBJECT

public:
    /// All must outlive it.
    HistoryPanel(HistoryModel& model, const storage::TakeStore& takes, const storage::MarkStore& marks,
                 Actions& actions, QWidget* parent = nullptr);

    /// Which clips the menu of boards is about; without it, those that are selected.
    void setSubject(std::function<std::vector<std::int64_t>()> subject) { m_subject = std::move(subject); }

    std::vector<std::int64_t> selectedIds() const;
    std::int64_t currentId() const; ///< 0 = none
    bool select(std::int64_t id);   ///< alone; false and nothing changed: it is not in the list
    void selectNothing();
    void focusSearch();
    bool showsTrash() const;
    qlonglong shownBoard() const; ///< 0 = none

    /// Order, and which clips; the trash is not kept.
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

    /// Looks again, keeping selection and place where it can.
    void refresh();
    void refreshMarks(); ///< where only storage::Marks have changed: quicker

Q_SIGNALS:
    /// A take became the one to look at; 0 = none.
    void currentChanged(qlonglong take);
    /// Double click or Return: to be heard.
    void activated(qlonglong take);
    void starClicked(qlonglong take, bool starred);
    void ratingClicked(qlonglong take, int rating);
    /// Takes are to be put on a board; 0 = on one that is to be made.
    void boardChosen(qlonglong board);
    /// They are all on that board, and are to leave it.
    void boardLeft(qlonglong board);
    void boardRenameRequested(qlonglong board);
    void boardRemovalRequested(qlonglong board);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void search();
    void fit(); ///< to the width that there is
    /// What the chosen clips have in common; nothing: they are all.
    std::optional<storage::TakeQuery::Term> scopeTerm() const;
    void refreshBy(void (HistoryModel::*lookAgain)());
    void fillScopes();
    void showMenu(const QPoint& place);
    void showCount();
    QToolButton* makeBoardButton();
    QToolButton* makeTrashButton(const char* action);
    void fillBoardMenu();

    HistoryModel& m_model;
    const storage::TakeStore& m_takes;
    const storage::MarkStore& m_marks;
    Actions& m_actions;
    QLineEdit* m_search;
    QComboBox *m_scope, *m_sort;
    QToolButton* m_boardButton; ///< what can be done with the board that is shown
    QToolButton *m_restore, *m_emptyTrash;
    QMenu* m_boards; ///< of "clip.board"
    std::function<std::vector<std::int64_t>()> m_subject;
    QBoxLayout *m_filters, *m_scopeRow;
    QLabel *m_problem, *m_count;
    QLabel* m_empty;
    QListView* m_list;
    HistoryDelegate* m_delegate;
    QTimer m_delay;
    qint64 m_searchTook = 0; ///< milliseconds
};

} // namespace n2m::ui
