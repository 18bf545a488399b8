#include "engine/audio/MelBands.h"

#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace n2m::audio {

using kernels::lanes;

MelBands::MelBands(std::span<const float> logMel, const LogMel& analysis, float powerScale)
    : m_shares(static_cast<std::size_t>(analysis.filters().bins())) {
    const MelFilters& filters = analysis.filters();
    const auto bands = static_cast<std::size_t>(filters.bands());
    if (logMel.size() % bands != 0) throw base::InvalidInput("a log-mel spectrogram is not a whole number of frames");
    m_frames = logMel.size() / bands;
    m_begin = bins();
    m_end = 0;
    for (std::size_t band = 0; band < bands; ++band) {
        const std::span<const float> weights = filters.weights(band);
        const std::size_t first = filters.firstBin(band);
        m_bands.push_back({weights.data(), first, weights.size()});
        m_bandSums.push_back(std::accumulate(weights.begin(), weights.end(), 0.0f));
        m_begin = std::min(m_begin, first);
        m_end = std::max(m_end, first + weights.size());
        // A triangle overlaps only with its neighbours, so no bin is in more than two bands.
        for (std::size_t i = 0; i < weights.size(); ++i) {
            kernels::BinShares& shares = m_shares[first + i];
            const auto number = static_cast<std::uint32_t>(band);
            if (shares.oneShare == 0.0f)
                shares = {number, number, weights[i], 0.0f};
            else
                shares.other = number, shares.otherShare = weights[i];
        }
    }
    for (kernels::BinShares& shares : m_shares) {
        const float sum = shares.oneShare + shares.otherShare;
        if (sum > 0.0f) shares.oneShare /= sum, shares.otherShare /= sum;
    }
    m_wanted.assign(batches() * bands * lanes, 1.0f); // the lanes beyond the last frame need a power, too
    for (std::size_t band = 0; band < bands; ++band) {
        for (std::size_t frame = 0; frame < m_frames; ++frame) {
            const float value = logMel[band * m_frames + frame];
            if (!std::isfinite(value))
                throw base::InvalidInput("a log-mel spectrogram has values that are not numbers");
            const float decibels = analysis.config().decibels(std::clamp(value, -1.0f, 1.0f));
            m_wanted[(frame / lanes * bands + band) * lanes + frame % lanes] =
                std::pow(10.0f, decibels / 10.0f) / powerScale;
        }
    }
}

void MelBands::spread(std::size_t batch, std::span<float> power) const {
    const float* mel = wanted(batch);
    for (std::size_t bin = 0; bin < bins(); ++bin) {
        const auto [one, other, oneShare, otherShare] = m_shares[bin];
        for (std::size_t lane = 0; lane < lanes; ++lane)
            power[bin * lanes + lane] = oneShare / m_bandSums[one] * mel[one * lanes + lane] +
                                        otherShare / m_bandSums[other] * mel[other * lanes + lane];
    }
}

void MelBands::approach(std::size_t batch, std::span<float> power, int updates, LaneVector& ratios) const {
    ratios.resize(m_bands.size() * lanes);
    for (int update = 0; update < updates; ++update)
        kernels::approachBands(power.data(), wanted(batch), ratios.data(), m_bands.data(), m_bands.size(),
                               m_shares.data(), m_begin, m_end);
}

} // namespace n2m::audio
