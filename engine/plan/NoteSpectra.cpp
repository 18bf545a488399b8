#include "engine/plan/NoteSpectra.h"

#include "engine/audio/LogMel.h"
#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace n2m::plan {

namespace {

constexpr std::size_t pitchLevels = NoteSpectra::ages.size() * NoteSpectra::bands;

float powerOf(std::uint8_t level) {
    return std::pow(10.0f, audio::MelConfig().decibels(static_cast<float>(level) / 127.5f - 1.0f) / 10.0f);
}

std::vector<float> powersOf(const NoteSpectra::Instrument& instrument) {
    std::vector<float> sums;
    for (std::size_t from = 0; from < instrument.levels.size(); from += NoteSpectra::bands) {
        float sum = 0.0f;
        for (std::size_t band = 0; band < NoteSpectra::bands; ++band)
            sum += powerOf(instrument.levels[from + band]);
        sums.push_back(sum);
    }
    return sums;
}

} // namespace

NoteSpectra::NoteSpectra(std::map<int, Instrument> instruments)
    : m_instruments(std::move(instruments)) {
    if (m_instruments.empty()) throw base::InvalidInput("note spectra: there is no instrument");
    for (const auto& [program, instrument] : m_instruments) {
        if (instrument.levels.empty() || instrument.levels.size() % pitchLevels != 0)
            throw base::InvalidInput("note spectra: program {} is not made of whole pitches", program);
        m_powers.emplace(program, powersOf(instrument));
    }
}

std::map<int, NoteSpectra::Instrument>::const_iterator NoteSpectra::nearest(int program) const {
    if (const auto found = m_instruments.find(program); found != m_instruments.end()) return found;
    const bool kit = program >= firstDrumKit;
    if (!kit && program >= 1000) return nearest(program % 1000);
    // A kit is nearest to a kit and a program to a program: the gap between the two kinds is larger.
    const int wanted = kit ? firstDrumKit : program;
    return std::min_element(m_instruments.begin(), m_instruments.end(), [&](const auto& a, const auto& b) {
        return std::abs(a.first - wanted) < std::abs(b.first - wanted);
    });
}

NoteSpectra::MeasuredNote NoteSpectra::note(int program, int pitch) const {
    const auto found = nearest(program);
    const Instrument& instrument = found->second;
    const int count = instrument.pitches();
    int place = pitch - instrument.lowest;
    while (place < 0)
        place += 12;
    while (place >= count && place >= 12)
        place -= 12;
    const auto index = static_cast<std::size_t>(std::min(place, count - 1));
    return {instrument.levels.data() + index * pitchLevels, m_powers.at(found->first).data() + index * ages.size(),
            instrument.release};
}

} // namespace n2m::plan
