#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "ui/clip/ClipSound.h"
#include "ui/clip/PlanBars.h"
#include "ui/clip/SpectrogramOptions.h"
#include "ui/clip/SpectrogramTiles.h"
#include "ui/clip/Timeline.h"

#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QScrollBar;

namespace n2m::ui {

class ClipControls;
class SelectionGrip;

/// What is under the mouse. A plain value.
struct ClipReadout {
    double time = 0.0;               ///< seconds
    std::optional<double> frequency; ///< Hz; over the spectrogram
    std::optional<double> level;     ///< dB; over the waveform the peak there
    QString text;                    ///< all of it, for people: "0:12.345   441 Hz   A4 +4 ct   −23.5 dB"
};

/// A clip on one time axis: ruler with bars and beats, the chords and sections of its plan, waveform, spectrogram.
///
/// Wheel with Ctrl zooms around the mouse, with Shift pans, as do a drag with the middle button or with Alt held. A
/// click puts the playhead, a drag selects, a drag in the ruler makes a loop; their edges keep to bars and beats that
/// are near, unless Alt is pressed meanwhile. A double click selects a bar, on its chords it edits them, where Tab goes
/// on to the next bar; the arrow keys move the playhead. The layers beneath the playhead are kept as one picture, so
/// that playing repaints two narrow strips. A grip on the selection, and a drag with Ctrl held inside it, take it into
/// another program as a file.
///
/// Shows and asks: it plays nothing and changes no plan. Shares clips, which must not change. GUI thread.
class ClipView : public QWidget {
    Q_OBJECT

public:
    enum class Take { A, B, Difference };
    Q_ENUM(Take)

    explicit ClipView(QWidget* parent = nullptr);
    ~ClipView() override;

    /// A clip of the same length and rate keeps zoom, selection and loop (a preview that gets clearer, say).
    void setClip(std::shared_ptr<const audio::Clip> clip);
    const std::shared_ptr<const audio::Clip>& clip() const { return m_sound.clip(); }
    void setPlan(std::optional<plan::Plan> plan);
    const std::optional<plan::Plan>& plan() const { return m_plan; }
    /// What an empty view says.
    void setHint(const QString& hint);
    const QString& hint() const { return m_hint; }

    /// A second take to compare with, or none. `offset`: dB by which it must be raised to be as loud as the first.
    void setCompared(std::shared_ptr<const audio::Clip> clip, double offset = 0.0);
    const std::shared_ptr<const audio::Clip>& compared() const { return m_other.clip(); }
    double comparedOffset() const { return m_offset; }
    void setTake(Take take); ///< ignored while there is nothing to compare with
    Take take() const { return m_take; }

    Timeline& timeline() { return m_timeline; }
    const Timeline& timeline() const { return m_timeline; }

    /// The waveform's share of its height and the spectrogram's.
    double split() const { return m_split; }
    void setSplit(double share);

    double playhead() const { return m_playhead; }
    /// Seconds. While following, the view turns its page when the playhead leaves it.
    void setPlayhead(double seconds);
    void setFollowing(bool follow) { m_following = follow; }

    const SpectrogramOptions& options() const { return m_options; }
    void setOptions(const SpectrogramOptions& options);

    /// The bars' chords as shown, edits included; empty without a plan.
    QString progression() const { return progressionOf(m_bars); }
    /// The plan with the edits.
    std::optional<plan::Plan> editedPlan() const;
    /// Opens the editor over a bar (from 1), as a double click does.
    void editBar(int number);
    bool hasBars() const;
    /// Keeps what stands in the open editor, as Enter does; true also where none is open. False: these are no chords,
    /// and the editor stays.
    bool finishEditing();
    bool isEditing() const { return m_editor != nullptr; }

    /// The file of excerptWanted(), finished and permanent; empty: it could not be had.
    void giveExcerpt(const QString& file);

    ClipReadout readoutAt(const QPointF& position) const;
    /// Where the lanes are, in the widget's pixels.
    QRectF waveformArea() const { return m_waveformArea; }
    QRectF spectrogramArea() const { return m_spectrogramArea; }
    QRectF chordArea() const { return m_chordArea; }
    bool complete() const { return m_tiles.complete(); } ///< nothing is being computed for what is shown

    QSize sizeHint() const override { return {900, 480}; }
    QSize minimumSizeHint() const override { return {200, 60}; }

public Q_SLOTS:
    void zoomIn(); ///< around the playhead, or the middle where that is out of sight
    void zoomOut();
    void zoomToSelection();
    void showAll();
    void showNormal();
    void editBarAtPlayhead();
    void switchTake();       ///< the other one of the two
    void switchDifference(); ///< between that and the first take
    void selectFromPlayhead();
    void selectToPlayhead();
    void selectNothing();
    /// No loop, if it is that selection already or nothing is selected.
    void loopSelection();

Q_SIGNALS:
    void seekRequested(double seconds);
    void selectionDragged(const n2m::audio::FrameRange& range); ///< with the mouse, to its end
    void selectionChanged(const n2m::audio::FrameRange& range);
    void loopChanged(const std::optional<n2m::audio::FrameRange>& range);
    void chordsEdited(const QString& progression); ///< as plan::parseProgression reads it
    /// A stretch is to be a file: giveExcerpt() is waited for.
    void excerptWanted(const n2m::audio::FrameRange& range);
    void excerptCopied(const QString& file); ///< it is on the clipboard now
    void hovered(const n2m::ui::ClipReadout& readout);
    void takeChanged(n2m::ui::ClipView::Take take);
    void optionsChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    enum class Drag { None, Select, Loop, Pan, Split, Out };

    void layOut();
    void updateScrollBar();
    void updateTiles();
    void updateColours();
    void redraw(); ///< the layers
    void drawLayers();
    void drawMarks(QPainter& painter);
    QRect playheadStrip(double seconds) const;
    double toX(double seconds) const;
    const audio::WaveformPyramid* shownPyramid() const;

    void beginDrag(QMouseEvent* event);
    double dragPixel(const QMouseEvent* event) const;
    void setHover(std::optional<QPointF> position);
    void updateCursor(const QPointF& position);
    std::optional<std::int64_t> otherEdge(double pixel) const;
    bool insideSelection(double pixel) const;
    std::int64_t snapped(std::int64_t frame, Qt::KeyboardModifiers modifiers) const;
    std::optional<std::size_t> barAt(const QPointF& position) const;
    void openEditor(std::size_t bar);
    void placeEditor();
    void editNeighbour(bool next);
    void closeEditor(bool commit);
    void complain(const QString& why); ///< of what stands in the editor

    Timeline m_timeline;
    ClipSound m_sound, m_other;
    SpectrogramTiles m_tiles;
    SpectrogramOptions m_options;
    std::optional<plan::Plan> m_plan;
    std::vector<PlanBar> m_bars;
    std::vector<bool> m_edited; ///< by bar
    double m_offset = 0.0;
    Take m_take = Take::A;
    QString m_hint;

    QRectF m_rulerArea, m_sectionArea, m_chordArea, m_waveformArea, m_spectrogramArea, m_footArea;
    double m_split = 0.34;
    QScrollBar* m_scrollBar;
    ClipControls* m_controls;
    SelectionGrip* m_grip;
    QPixmap m_layers;
    bool m_layersValid = false;

    double m_playhead = 0.0;
    bool m_following = true;
    std::optional<QPointF> m_hover;
    Drag m_drag = Drag::None;
    QPointF m_dragStart;
    double m_panBegin = 0.0;
    std::int64_t m_anchor = 0;
    bool m_anchorSnaps = false; ///< it is where the button was pressed, and no edge there was before
    bool m_dragged = false;
    QLineEdit* m_editor = nullptr;
    QLabel* m_complaint;
    std::size_t m_editedBar = 0;
};

} // namespace n2m::ui

Q_DECLARE_METATYPE(n2m::ui::ClipReadout)
