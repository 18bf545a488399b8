#include "engine/plan/ChordQuality.h"

#include <map>

namespace n2m::plan {

namespace {

// The chord tones are those of the textbook (Levine, The Jazz Theory Book, ch. 1-3), without omissions; only a dominant
// or major 13 leaves out the 11, as players do.
const std::initializer_list<ChordQuality> qualities = {
    {"", {0, 4, 7}, {"maj", "M", "major", "ma"}},
    {"m", {0, 3, 7}, {"min", "-", "minor", "mi"}},
    {"7", {0, 4, 7, 10}, {"dom7"}},
    {"maj7", {0, 4, 7, 11}, {"M7", "ma7", "major7", "Maj7", "Δ", "Δ7"}},
    {"m7", {0, 3, 7, 10}, {"min7", "-7", "mi7", "minor7"}},
    {"mMaj7", {0, 3, 7, 11}, {"mmaj7", "m(maj7)", "mM7", "minmaj7", "-maj7"}},
    {"dim", {0, 3, 6}, {"°", "o", "mb5"}},
    {"dim7", {0, 3, 6, 9}, {"°7", "o7"}},
    {"m7b5", {0, 3, 6, 10}, {"ø", "ø7", "min7b5", "-7b5", "m7(b5)"}},
    {"aug", {0, 4, 8}, {"+", "#5"}},
    {"7#5", {0, 4, 8, 10}, {"+7", "aug7"}},
    {"7b5", {0, 4, 6, 10}, {}},
    {"sus2", {0, 2, 7}, {}},
    {"sus4", {0, 5, 7}, {"sus"}},
    {"7sus4", {0, 5, 7, 10}, {"7sus"}},
    {"9sus4", {0, 2, 5, 7, 10}, {"9sus"}},
    {"5", {0, 7}, {}},
    {"6", {0, 4, 7, 9}, {"maj6", "M6"}},
    {"m6", {0, 3, 7, 9}, {"min6", "-6"}},
    {"69", {0, 2, 4, 7, 9}, {"6/9"}},
    {"9", {0, 2, 4, 7, 10}, {}},
    {"maj9", {0, 2, 4, 7, 11}, {"M9", "ma9"}},
    {"m9", {0, 2, 3, 7, 10}, {"min9", "-9"}},
    {"add9", {0, 2, 4, 7}, {"add2", "(add9)"}},
    {"madd9", {0, 2, 3, 7}, {"m(add9)", "madd2", "minadd9"}},
    {"11", {0, 2, 4, 5, 7, 10}, {}},
    {"m11", {0, 2, 3, 5, 7, 10}, {"min11", "-11"}},
    {"13", {0, 2, 4, 7, 9, 10}, {}},
    {"maj13", {0, 2, 4, 7, 9, 11}, {"M13"}},
    {"m13", {0, 2, 3, 7, 9, 10}, {"min13", "-13"}},
    {"7b9", {0, 1, 4, 7, 10}, {"7(b9)"}},
    {"7#9", {0, 3, 4, 7, 10}, {"7(#9)"}},
    {"7#11", {0, 4, 6, 7, 10}, {"7(#11)"}},
    {"7b13", {0, 4, 7, 8, 10}, {"7(b13)"}},
    {"maj7#11", {0, 4, 6, 7, 11}, {"M7#11", "maj7(#11)"}},
};

} // namespace

const char* const acceptedQualities =
    "m 7 maj7 m7 mMaj7 dim dim7 m7b5 aug 7#5 7b5 sus2 "
    "sus4 7sus4 9sus4 5 6 m6 69 9 maj9 m9 add9 madd9 11 m11 13 maj13 m13 7b9 7#9 7#11 "
    "7b13 maj7#11";

const ChordQuality* findQuality(std::string_view spelling) {
    static const std::map<std::string_view, const ChordQuality*> bySpelling = [] {
        std::map<std::string_view, const ChordQuality*> map;
        for (const ChordQuality& quality : qualities) {
            map.emplace(quality.name, &quality);
            for (const char* other : quality.spellings)
                map.emplace(other, &quality);
        }
        return map;
    }();
    const auto found = bySpelling.find(spelling);
    return found == bySpelling.end() ? nullptr : found->second;
}

std::uint16_t ChordQuality::tonesOn(PitchClass root) const {
    std::uint16_t tones = 0;
    for (const int semitone : semitones)
        tones |= static_cast<std::uint16_t>(1u << ((root + semitone) % 12));
    return tones;
}

} // namespace n2m::plan
