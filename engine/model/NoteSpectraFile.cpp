#include "engine/model/NoteSpectraFile.h"

#include "engine/base/Error.h"
#include "engine/model/Safetensors.h"

#include <torch/types.h>

#include <cmath>
#include <map>
#include <vector>

namespace n2m::model {

using plan::NoteSpectra;

namespace {

constexpr std::size_t pitchLevels = NoteSpectra::ages.size() * NoteSpectra::bands;
constexpr const char* programs = "programs";
constexpr const char* releases = "releases";
constexpr const char* levels = "levels";

} // namespace

NoteSpectra readNoteSpectra(const std::filesystem::path& file) {
    const SafetensorsFile tensors(file);
    const auto read = [&](const char* name, torch::ScalarType type, std::vector<std::int64_t> shape) {
        const torch::Tensor tensor = tensors.tensor(name);
        bool fits = tensor.scalar_type() == type && tensor.dim() == static_cast<std::int64_t>(shape.size());
        for (std::size_t axis = 0; fits && axis < shape.size(); ++axis)
            fits = shape[axis] < 0 || tensor.size(static_cast<std::int64_t>(axis)) == shape[axis];
        if (!fits) throw base::Failure("{}: {} does not have the shape or type of note spectra", file.string(), name);
        return tensor.contiguous();
    };
    const torch::Tensor known = read(programs, torch::kLong, {-1, 3});
    const torch::Tensor fall = read(releases, torch::kFloat, {known.size(0)});
    const torch::Tensor all =
        read(levels, torch::kByte, {-1, static_cast<std::int64_t>(NoteSpectra::ages.size()), NoteSpectra::bands});
    std::map<int, NoteSpectra::Instrument> instruments;
    std::int64_t from = 0;
    for (std::int64_t index = 0; index < known.size(0); ++index) {
        const std::int64_t* entry = known.data_ptr<std::int64_t>() + 3 * index;
        const std::int64_t program = entry[0], lowest = entry[1], pitches = entry[2];
        const float release = fall.data_ptr<float>()[index];
        if (program < 0 || program >= 2 * plan::firstDrumKit || lowest < 0 || lowest > 127 || pitches < 1 ||
            pitches > 128 - lowest || from + pitches > all.size(0) || !(release >= 0.0f) || !std::isfinite(release))
            throw base::Failure("{}: instrument {} has values out of range", file.string(), index);
        const std::uint8_t* first = all.data_ptr<std::uint8_t>() + static_cast<std::size_t>(from) * pitchLevels;
        NoteSpectra::Instrument instrument{static_cast<int>(lowest), release, {}};
        instrument.levels.assign(first, first + static_cast<std::size_t>(pitches) * pitchLevels);
        instruments.emplace(static_cast<int>(program), std::move(instrument));
        from += pitches;
    }
    if (instruments.empty()) throw base::Failure("{}: has no instruments", file.string());
    return NoteSpectra(std::move(instruments));
}

void writeNoteSpectra(const std::filesystem::path& file, const NoteSpectra& spectra) {
    std::vector<std::int64_t> known;
    std::vector<float> fall;
    std::vector<std::uint8_t> all;
    for (const auto& [program, instrument] : spectra.instruments()) {
        known.insert(known.end(), {program, instrument.lowest, instrument.pitches()});
        fall.push_back(instrument.release);
        all.insert(all.end(), instrument.levels.begin(), instrument.levels.end());
    }
    const auto bytes = torch::from_blob(all.data(), {static_cast<std::int64_t>(all.size())}, torch::kByte);
    writeSafetensors(
        file, {{programs, torch::tensor(known, torch::kLong).reshape({-1, 3})},
               {releases, torch::tensor(fall)},
               {levels, bytes.reshape({-1, static_cast<std::int64_t>(NoteSpectra::ages.size()), NoteSpectra::bands})}});
}

} // namespace n2m::model
