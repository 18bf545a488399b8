#pragma once

#include "engine/audio/FrameRange.h"

#include <QObject>

#include <optional>

namespace n2m::ui {

/// The one time axis of a clip view's lanes: the part in sight, playhead, selection and loop. Times are seconds, pixels
/// the widget's (logical) ones from the left edge of the lanes. GUI thread.
class Timeline : public QObject {
    Q_OBJECT

public:
    explicit Timeline(QObject* parent = nullptr);

    /// Shows all of a clip with another length or rate, without selection and loop; else everything stays.
    void setClip(std::int64_t frames, int sampleRate);
    void setWidth(int pixels);

    double seconds() const { return m_frames / m_rate; }
    std::int64_t frames() const { return static_cast<std::int64_t>(m_frames); }
    int sampleRate() const { return static_cast<int>(m_rate); }
    int width() const { return m_width; }
    bool empty() const { return m_frames < 1.0; }

    double begin() const { return m_begin; }
    double end() const { return m_begin + m_width * m_scale; }
    double secondsPerPixel() const { return m_scale; }
    double toPixel(double time) const { return (time - m_begin) / m_scale; }
    double toTime(double pixel) const { return m_begin + pixel * m_scale; }
    /// The nearest boundary between two frames, inside the clip.
    std::int64_t toFrame(double pixel) const;
    double timeOf(std::int64_t frame) const { return static_cast<double>(frame) / m_rate; }

    /// factor > 1 shows less. The time under the pixel stays where it is.
    void zoomAround(double pixel, double factor);
    void scrollTo(double begin);
    void scrollBy(double pixels);
    void showRange(double begin, double end);
    bool fits() const;

    double playhead() const { return m_playhead; }
    void setPlayhead(double seconds);
    audio::FrameRange selection() const { return m_selection; } ///< may be empty
    void setSelection(audio::FrameRange range);
    std::optional<audio::FrameRange> loop() const { return m_loop; }
    void setLoop(std::optional<audio::FrameRange> range);

public Q_SLOTS:
    void fit();
    void showNormal(); ///< a hundred pixels to the second, around the middle
    void showSelection();
    void zoomIn(); ///< around the playhead, or the middle while that is out of sight
    void zoomOut();
    void selectFromPlayhead();
    void selectToPlayhead();
    void selectNothing();
    void loopSelection(); ///< ends the loop if it is the selection already or nothing is selected

Q_SIGNALS:
    void viewChanged();
    void playheadMoved(double before);
    void selectionChanged(const n2m::audio::FrameRange& range);
    void loopChanged(const std::optional<n2m::audio::FrameRange>& range);

private:
    void zoomAtPlayhead(double factor);
    void setView(double begin, double scale);
    audio::FrameRange inside(audio::FrameRange range) const;

    double m_frames = 0.0, m_rate = 1.0;
    int m_width = 1;
    double m_begin = 0.0, m_scale = 1.0, m_playhead = 0.0;
    bool m_fitted = true; ///< keeps fitting when the widget grows
    audio::FrameRange m_selection;
    std::optional<audio::FrameRange> m_loop;
};

} // namespace n2m::ui
