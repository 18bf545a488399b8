#pragma once

#include "engine/composer/Piece.h"

#include <vector>

namespace n2m::composer {

/// A bar of a piece and its place in the form.
struct TimelineBar {
    int index = 0;
    double beat = 0.0;                 ///< where it begins, in beats from the start
    int section = 0;                   ///< index into the plan's sections
    int inSection = 0;                 ///< bars since the section began
    int sectionBars = 1;               ///< its length
    double energy = 0.5;               ///< of the section
    bool fill = false;                 ///< the last bar of a section that is followed by another
    bool opening = false;              ///< the first bar of a section
    const std::string* name = nullptr; ///< of the section
};

/// A plan counted in beats instead of seconds, as the writers of the parts need it. Refers to the plan, which must
/// outlive it.
class Timeline {
public:
    /// `swing`: where the second half of a pair of eighths (unit 0.5) or sixteenths (unit 0.25) begins.
    Timeline(const plan::Plan& plan, double swing, double swingUnit);

    const plan::Plan& plan() const { return m_plan; }
    const std::vector<TimelineBar>& bars() const { return m_bars; }
    int beatsPerBar() const { return m_plan.beatsPerBar; }
    double beats() const { return m_beats; }
    /// Seconds of a position in beats, swung.
    double time(double beat) const;
    double secondsPerBeat() const { return 60.0 / m_plan.bpm; }
    /// The chord that sounds at a beat; the last one beyond the end.
    const plan::Chord& chordAt(double beat) const;
    /// The beat at which the chord of a beat gives way to the next.
    double chordEnd(double beat) const;
    /// The beats at which chords change inside [from, to), `from` included.
    std::vector<double> chordStarts(double from, double to) const;
    /// The bar of a beat.
    const TimelineBar& barAt(double beat) const;

private:
    std::size_t spanAt(double beat) const;
    const plan::Plan& m_plan;
    double m_swing, m_swingUnit, m_beats;
    std::vector<TimelineBar> m_bars;
    std::vector<double> m_spanStarts;
    static const plan::Chord noChord;
};

} // namespace n2m::composer
