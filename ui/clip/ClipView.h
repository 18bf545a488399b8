#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "ui/clip/ClipSound.h"
#include "ui/clip/SpectrogramOptions.h"
#include "ui/clip/SpectrogramTiles.h"
#include "ui/clip/Timeline.h"

#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>

class QScrollBar;

namespace n2m::ui {

class ChordEditor;
class ClipControls;
class ClipGestures;
class SelectionGrip;

/// The values under the mouse. A plain value.
struct ClipReadout {
    double time = 0.0;               ///< seconds
    std::optional<double> frequency; ///< Hz; over the spectrogram
    std::optional<double> level;     ///< dB; over the waveform the peak there
    QString text;                    ///< all of it, for people: "0:12.345   441 Hz   A4 +4 ct   −23.5 dB"
};

/// The areas of a ClipView's lanes, in the widget's pixels. Sections and chords have no height without a plan. A plain
/// value.
struct ClipAreas {
    QRectF ruler, sections, chords, waveform, spectrogram, foot;
};

/// A clip on one time axis: ruler with bars and beats, the chords and sections of its plan, waveform, spectrogram.
///
/// It shows and asks: it plays nothing and changes no plan. Timeline has what is in sight and marked, ChordEditor the
/// bars' chords, ClipGestures mouse and keys. The layers beneath the playhead are kept as one picture, so that playing
/// repaints two narrow strips. Shares clips, which must not change. GUI thread.
class ClipView : public QWidget {
    Q_OBJECT

public:
    /// The clip that is seen and heard: the first, the second, or their difference (then the first is heard).
    enum class Comparison { A, B, Difference };
    Q_ENUM(Comparison)

    explicit ClipView(QWidget* parent = nullptr);
    ~ClipView() override;

    /// A clip of the same length and rate keeps zoom, selection and loop, as a preview that gets clearer does.
    void setClip(std::shared_ptr<const audio::Clip> clip);
    const std::shared_ptr<const audio::Clip>& clip() const { return m_sound.clip(); }
    void setPlan(std::optional<plan::Plan> plan);
    const std::optional<plan::Plan>& plan() const { return m_plan; }
    /// The text of an empty view.
    void setHint(const QString& hint);
    const QString& hint() const { return m_hint; }

    /// A second clip to compare with, or none. `offset`: dB by which it must be raised to be as loud as the first.
    void setCompared(std::shared_ptr<const audio::Clip> clip, double offset = 0.0);
    const std::shared_ptr<const audio::Clip>& compared() const { return m_other.clip(); }
    double comparedOffset() const { return m_offset; }
    void setComparison(Comparison comparison); ///< ignored while there is nothing to compare with
    Comparison comparison() const { return m_comparison; }

    Timeline& timeline() { return m_timeline; }
    const Timeline& timeline() const { return m_timeline; }
    ChordEditor& chords() { return *m_chords; }
    const ChordEditor& chords() const { return *m_chords; }

    /// The waveform's share of the height of waveform and spectrogram.
    double split() const { return m_split; }
    void setSplit(double share);
    /// While following, the view turns its page when the playhead leaves it.
    void setFollowing(bool follow) { m_following = follow; }
    const SpectrogramOptions& options() const { return m_options; }
    void setOptions(const SpectrogramOptions& options);

    /// Answers excerptWanted() with a finished, permanent file; empty: there is none.
    void giveExcerpt(const QString& file);

    const ClipAreas& areas() const { return m_areas; }
    /// Shows the readout of a position, and a line there over the spectrogram; none: neither.
    void showHover(std::optional<QPointF> position);
    ClipReadout readoutAt(const QPointF& position) const;
    bool complete() const { return m_tiles.complete(); } ///< nothing that is in sight is still being computed

    QSize sizeHint() const override { return {900, 480}; }
    QSize minimumSizeHint() const override { return {200, 60}; }

public Q_SLOTS:
    void switchClips();      ///< between first and second
    void switchDifference(); ///< between difference and first

Q_SIGNALS:
    void seekRequested(double seconds);
    void selectionDragged(const n2m::audio::FrameRange& range); ///< with the mouse, at the drag's end
    void excerptWanted(const n2m::audio::FrameRange& range);    ///< a range is to be a file: see giveExcerpt()
    void excerptCopied(const QString& file);                    ///< it is on the clipboard now
    void hovered(const n2m::ui::ClipReadout& readout);
    void comparisonChanged(n2m::ui::ClipView::Comparison comparison);
    void optionsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void updateScrollBar();
    void updateTiles();
    void updateColours();
    void redraw(); ///< the layers
    void drawLayers();
    void drawMarks(QPainter& painter);
    void drawFoot(QPainter& painter);
    QString footText() const;
    void movePlayhead(double before);
    QRect playheadStrip(double seconds) const;
    double toX(double seconds) const;
    double highestFrequency() const;
    const audio::WaveformPyramid* shownPyramid() const;

    Timeline m_timeline;
    ClipSound m_sound, m_other;
    SpectrogramTiles m_tiles;
    SpectrogramOptions m_options;
    std::optional<plan::Plan> m_plan;
    double m_offset = 0.0;
    Comparison m_comparison = Comparison::A;
    QString m_hint;
    bool m_following = true;

    ClipAreas m_areas;
    double m_split = 0.34;
    QScrollBar* m_scrollBar;
    ClipControls* m_controls;
    SelectionGrip* m_grip;
    QPixmap m_layers;
    bool m_layersValid = false;
    std::optional<QPointF> m_hover;
    // The last members: they watch the view's events and so must go first.
    std::unique_ptr<ChordEditor> m_chords;
    std::unique_ptr<ClipGestures> m_gestures;
};

} // namespace n2m::ui

Q_DECLARE_METATYPE(n2m::ui::ClipReadout)
