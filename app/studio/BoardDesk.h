#pragma once

#include <QObject>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class TakeStore;
}

namespace n2m::ui {
class HistoryPanel;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

class MarkDesk;

/// What the history's boards are asked for: putting clips on them and taking them off, new names, and their end. GUI
/// thread.
class BoardDesk : public QObject {
    Q_OBJECT

public:
    /// `subject` says which clips a command is about; `marks` puts them on boards and takes them off, as that can be
    /// undone. All must outlive it.
    BoardDesk(storage::TakeStore& takes, MarkDesk& marks, ui::HistoryPanel& history, ui::MainWindow& window,
              std::function<std::vector<std::int64_t>()> subject, QObject* parent = nullptr);

Q_SIGNALS:
    void changed(); ///< a board has another name, came or went

private:
    void put(qlonglong board);
    void takeOff(qlonglong board);
    void rename(qlonglong board);
    void remove(qlonglong board);
    QString askForName(const QString& title, const QString& name);
    QString nameOf(qlonglong board) const;
    QString titleOf(std::int64_t take) const;

    storage::TakeStore& m_takes;
    MarkDesk& m_marks;
    ui::MainWindow& m_window;
    std::function<std::vector<std::int64_t>()> m_subject;
};

} // namespace n2m::studio
