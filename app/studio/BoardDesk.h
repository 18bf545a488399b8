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

/// What the history's boards are asked for: putting clips on them and taking them off, new names, and their end. GUI
/// thread.
class BoardDesk : public QObject {
    Q_OBJECT

public:
    /// `subject` says which clips a command is about. All must outlive it.
    BoardDesk(storage::TakeStore& takes, ui::HistoryPanel& history, ui::MainWindow& window,
              std::function<std::vector<std::int64_t>()> subject, QObject* parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void put(qlonglong board);
    void rename(qlonglong board);
    void remove(qlonglong board);
    QString askForName(const QString& title, const QString& name);
    QString nameOf(qlonglong board) const;

    storage::TakeStore& m_takes;
    ui::MainWindow& m_window;
    std::function<std::vector<std::int64_t>()> m_subject;
};

} // namespace n2m::studio
