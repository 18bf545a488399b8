#pragma once

#include <QObject>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class HistoryPanel;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

class MarkController;

/// The commands about boards: puts clips on them and takes them off, makes, renames and deletes them. GUI thread.
class BoardController : public QObject {
    Q_OBJECT

public:
    /// `subject` gives the clips that a command is about; `marks` makes putting on and taking off undoable. All must
    /// outlive it.
    BoardController(storage::Library& library, MarkController& marks, ui::HistoryPanel& history, ui::MainWindow& window,
                    std::function<std::vector<std::int64_t>()> subject, QObject* parent = nullptr);

Q_SIGNALS:
    void changed(); ///< a board was made, renamed or deleted

private:
    void put(qlonglong board);
    void takeOff(qlonglong board);
    void rename(qlonglong board);
    void remove(qlonglong board);
    QString askForName(const QString& title, const QString& name);
    QString nameOf(qlonglong board) const;
    QString titleOf(std::int64_t take) const;

    storage::Library& m_library;
    MarkController& m_marks;
    ui::MainWindow& m_window;
    std::function<std::vector<std::int64_t>()> m_subject;
};

} // namespace n2m::studio
