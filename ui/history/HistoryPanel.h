#pragma once

#include "storage/TakeQuery.h"

#include <QFrame>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QSettings;
class QToolButton;

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
    /// All must outlive it. It reads boards and counts from the stores, and changes nothing in them.
    HistoryPanel(HistoryModel& model, const storage::TakeStore& takes, const storage::MarkStore& marks,
                 Actions& actions, QWidget* parent = nullptr);

    /// Sets the clips of the board menu; by default, the selected ones.
    void setSubject(std::function<std::vector<std::int64_t>()> subject) { m_subject = std::move(subject); }

    std::vector<std::int64_t> selectedIds() const;
    std::int64_t currentId() const; ///< 0 = none
    bool select(std::int64_t id);   ///< alone; false: it is not in the list, and nothing changes
    void selectNothing();
    void focusSearch();
    bool showsTrash() const;
    qlonglong shownBoard() const; ///< 0 = none

    /// Keeps order and scope (all, starred, a board); the trash is not kept.
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

    /// Runs the search again, keeping selection and place if it can.
    void refresh();
    void refreshMarks(); ///< after a change of storage::Marks alone: quicker

Q_SIGNALS:
    /// Another take became the current one; 0 = none.
    void currentChanged(qlonglong take);
    /// Double click or Return: the take is to be played.
    void activated(qlonglong take);
    void starClicked(qlonglong take, bool starred);
    void ratingClicked(qlonglong take, int rating);
    /// The subject's takes are to be put on a board; 0 = on a new one.
    void boardChosen(qlonglong board);
    /// The subject's takes are to leave a board.
    void boardLeft(qlonglong board);
    void boardRenameRequested(qlonglong board);
    void boardRemovalRequested(qlonglong board);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void search();
    void fit(); ///< to the panel's width
    /// The query's term for the chosen scope; none for all clips.
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
    QToolButton* m_boardButton; ///< menu of the board that is shown
    QToolButton *m_restore, *m_emptyTrash;
    QMenu* m_boards; ///< menu of "clip.board"
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
