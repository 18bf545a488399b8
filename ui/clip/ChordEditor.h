#pragma once

#include "engine/plan/Plan.h"
#include "ui/clip/PlanBars.h"

#include <QObject>

#include <optional>
#include <vector>

class QLabel;
class QLineEdit;

namespace n2m::ui {

class ClipView;

/// The chords over a ClipView's bars, and the field in which the user writes them, a bar at a time. It changes no plan:
/// it keeps the edits and says them by chordsEdited(). Part of the view, which paints the bars. GUI thread.
class ChordEditor : public QObject {
    Q_OBJECT

public:
    explicit ChordEditor(ClipView& view);

    /// Shows another plan's bars; closes the field and forgets all edits.
    void setPlan(const std::optional<plan::Plan>& plan);

    const std::vector<PlanBar>& bars() const { return m_bars; } ///< with the edits
    const std::vector<bool>& editedBars() const { return m_edited; }
    bool hasBars() const; ///< numbered ones, which can be edited
    bool hasEdits() const;
    /// The chords of all bars as plan::parseProgression reads them; empty without a plan.
    QString progression() const { return progressionOf(m_bars); }
    /// The view's plan with the edits; none without a plan.
    std::optional<plan::Plan> editedPlan() const;

    bool isOpen() const { return m_field != nullptr; }
    void openBar(int number); ///< from 1; other numbers are ignored
    void open(std::size_t bar);
    /// Keeps the text of the open field, as Enter does; true also if none is open. False: the text is not a chord,
    /// which is shown, and the field stays open.
    bool finish();
    /// Closes the field as a click elsewhere does: keeps chords, drops any other text with a hint.
    void leave() { close(true); }
    /// Puts the field over its bar again, after the view has moved; leaves it if the bar is out of sight.
    void place();

public Q_SLOTS:
    void openAtPlayhead();

Q_SIGNALS:
    void chordsEdited(const QString& progression); ///< as plan::parseProgression reads it

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void openNeighbour(bool next);
    void close(bool keep);
    void check(const QString& text);
    void complain(const QString& why);

    ClipView& m_view;
    std::vector<PlanBar> m_bars;
    std::vector<bool> m_edited; ///< by bar
    QLineEdit* m_field = nullptr;
    QLabel* m_complaint;
    std::size_t m_openBar = 0;
};

} // namespace n2m::ui
