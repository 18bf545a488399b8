#include "engine/plan/NoteSpectra.h"

#include "engine/audio/LogMel.h"
#include "engine/model/Safetensors.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace n2m::plan {

namespace {

constexpr std::size_t pitchLevels = NoteSpectra::ages.size() * NoteSpectra::bands;
constexpr const char* programs = "programs"; // int64 [instruments, 3]: program, lowest pitch, pitches
constexpr const char* releases = "releases"; // float [instruments]
constexpr const char* levels = "levels";     // uint8 [pitches of all, ages, bands]

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
    if (m_instruments.empty()) throw std::invalid_argument("note spectra: there is no instrument");
    for (const auto& [program, instrument] : m_instruments) {
        if (instrument.levels.empty() || instrument.levels.size() % pitchLevels != 0)
            throw std::invalid_argument(fmt::format("note spectra: program {} is not made of whole pitches", program));
        m_powers.emplace(program, powersOf(instrument));
    }
}

NoteSpectra NoteSpectra::load(const std::filesystem::path& file) {
    const model::SafetensorsFile tensors(file);
    const auto read = [&](const char* name, torch::ScalarType type, std::vector<std::int64_t> shape) {
        const torch::Tensor tensor = tensors.tensor(name);
        bool fits = tensor.scalar_type() == type && tensor.dim() == static_cast<std::int64_t>(shape.size());
        for (std::size_t axis = 0; fits && axis < shape.size(); ++axis)
            fits = shape[axis] < 0 || tensor.size(static_cast<std::int64_t>(axis)) == shape[axis];
        if (!fits)
            throw std::runtime_error(
                fmt::format("{}: {} does not have the shape or type of note spectra", file.string(), name));
        return tensor.contiguous();
    };
    const torch::Tensor known = read(programs, torch::kLong, {-1, 3});
    const torch::Tensor fall = read(releases, torch::kFloat, {known.size(0)});
    const torch::Tensor all = read(levels, torch::kByte, {-1, static_cast<std::int64_t>(ages.size()), bands});
    std::map<int, Instrument> instruments;
    std::int64_t from = 0;
    for (std::int64_t index = 0; index < known.size(0); ++index) {
        const std::int64_t* entry = known.data_ptr<std::int64_t>() + 3 * index;
        const std::int64_t program = entry[0], lowest = entry[1], pitches = entry[2];
        const float release = fall.data_ptr<float>()[index];
        if (program < 0 || program >= 2 * kits || lowest < 0 || lowest > 127 || pitches < 1 || pitches > 128 - lowest ||
            from + pitches > all.size(0) || !(release >= 0.0f) || !std::isfinite(release))
            throw std::runtime_error(fmt::format("{}: instrument {} makes no sense", file.string(), index));
        const std::uint8_t* first = all.data_ptr<std::uint8_t>() + static_cast<std::size_t>(from) * pitchLevels;
        Instrument instrument{static_cast<int>(lowest), release, {}};
        instrument.levels.assign(first, first + static_cast<std::size_t>(pitches) * pitchLevels);
        instruments.emplace(static_cast<int>(program), std::move(instrument));
        from += pitches;
    }
    if (instruments.empty()) throw std::runtime_error(fmt::format("{}: has no instruments", file.string()));
    return NoteSpectra(std::move(instruments));
}

void NoteSpectra::save(const std::filesystem::path& file) const {
    std::vector<std::int64_t> known;
    std::vector<float> fall;
    std::vector<std::uint8_t> all;
    for (const auto& [program, instrument] : m_instruments) {
        known.insert(known.end(), {program, instrument.lowest, instrument.pitches()});
        fall.push_back(instrument.release);
        all.insert(all.end(), instrument.levels.begin(), instrument.levels.end());
    }
    const auto bytes = torch::from_blob(all.data(), {static_cast<std::int64_t>(all.size())}, torch::kByte);
    model::writeSafetensors(file, {{programs, torch::tensor(known, torch::kLong).reshape({-1, 3})},
                                   {releases, torch::tensor(fall)},
                                   {levels, bytes.reshape({-1, static_cast<std::int64_t>(ages.size()), bands})}});
}

std::map<int, NoteSpectra::Instrument>::const_iterator NoteSpectra::nearest(int program) const {
    if (const auto found = m_instruments.find(program); found != m_instruments.end()) return found;
    const bool kit = program >= kits;
    if (!kit && program >= 1000) return nearest(program % 1000);
    // Kits beside kits, programs beside programs: they are that far apart.
    const int wanted = kit ? kits : program;
    return std::min_element(m_instruments.begin(), m_instruments.end(), [&](const auto& a, const auto& b) {
        return std::abs(a.first - wanted) < std::abs(b.first - wanted);
    });
}

NoteSpectra::Note NoteSpectra::note(int program, int pitch) const {
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
