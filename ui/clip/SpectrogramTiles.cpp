#include "ui/clip/SpectrogramTiles.h"

#include "ui/Messages.h"

#include <QPainter>
#include <QThread>

#include <algorithm>
#include <cmath>

namespace n2m::ui {

namespace {

constexpr int columns = 256;
constexpr int margin = 1;                // columns beyond each end, so that smooth scaling has no seams
constexpr double finest = 1.0 / 65536.0; // seconds per column of grid 0
constexpr int coarsestGrid = 20;
constexpr std::size_t budget = 64u << 20; // bytes

double columnSeconds(int grid) {
    return std::ldexp(finest, grid);
}

std::size_t bytesOf(int rows) {
    return static_cast<std::size_t>(rows) * (columns + 2 * margin) * 5;
}

audio::SpectrogramTile difference(const audio::SpectrogramTile& first, const audio::SpectrogramTile& second,
                                  double offset) {
    // Below this nothing is audible, so nothing is compared.
    constexpr int floorLevel = 40; // −95 dB
    audio::SpectrogramTile result = first;
    const auto raise = static_cast<int>(std::lround(2.0 * offset));
    for (std::size_t i = 0; i < result.levels.size(); ++i) {
        const int one = std::max<int>(first.levels[i], floorLevel);
        const int other = std::max<int>(second.levels[i] + raise, floorLevel);
        result.levels[i] = static_cast<std::uint8_t>(std::clamp(SpectrogramTiles::noDifference + other - one, 0, 255));
    }
    return result;
}

} // namespace

SpectrogramTiles::SpectrogramTiles(QObject* parent)
    : QObject(parent) {
    m_pool.setMaxThreadCount(std::clamp(QThread::idealThreadCount() - 1, 1, 4));
    m_pool.setThreadPriority(QThread::LowPriority);
    setColours(colourTable(ColourMap::Magma));
}

SpectrogramTiles::~SpectrogramTiles() {
    m_wanted.clear();
    m_pool.waitForDone();
}

void SpectrogramTiles::setClips(std::shared_ptr<const audio::Clip> clip, std::shared_ptr<const audio::Clip> compared,
                                double offset) {
    if (clip == m_clip && compared == m_compared && offset == m_offset) return;
    m_clip = std::move(clip);
    m_compared = std::move(compared);
    m_offset = offset;
    makeAnalyses();
}

void SpectrogramTiles::setAxis(const audio::FrequencyAxis& axis, int rows) {
    if (axis == m_axis && rows == m_rows) return;
    m_axis = axis;
    m_rows = rows;
    makeAnalyses();
}

void SpectrogramTiles::makeAnalyses() {
    forget();
    const auto make = [&](const std::shared_ptr<const audio::Clip>& clip) {
        return clip ? std::make_shared<const audio::SpectrogramAnalysis>(clip, m_axis, m_rows) : nullptr;
    };
    m_analysis = make(m_clip);
    m_comparedAnalysis = make(m_compared);
}

void SpectrogramTiles::setColours(const ColourTable& colours) {
    m_colours = colours;
    for (auto& [key, tile] : m_tiles)
        tile.coloured = false;
}

void SpectrogramTiles::forget() {
    ++m_generation;
    m_tiles.clear();
    m_wanted.clear();
    m_running.clear();
}

const SpectrogramTiles::Tile* SpectrogramTiles::find(Key key) {
    const auto found = m_tiles.find(key);
    if (found == m_tiles.end()) return nullptr;
    Tile& tile = found->second;
    tile.used = ++m_clock;
    if (!tile.coloured) {
        tile.image = QImage(tile.levels.columns, tile.levels.rows, QImage::Format_RGB32);
        const std::uint8_t* level = tile.levels.levels.data();
        for (int row = 0; row < tile.levels.rows; ++row) {
            auto* pixel = reinterpret_cast<QRgb*>(tile.image.scanLine(row));
            for (int column = 0; column < tile.levels.columns; ++column)
                *pixel++ = m_colours[*level++];
        }
        tile.coloured = true;
    }
    return &tile;
}

/// Draws one tile's part of the target; false if the tile is missing.
bool SpectrogramTiles::paintTile(QPainter& painter, const QRectF& target, Key key, double begin, double secondsPerPixel,
                                 bool request) {
    const Tile* tile = find(key);
    if (!tile) {
        if (request && !m_running.contains(key)) m_missing.push_back(key);
        return false;
    }
    const double column = columnSeconds(key.grid);
    const double left = begin - static_cast<double>(key.index) * columns * column;
    painter.drawImage(
        target, tile->image,
        QRectF(margin + left / column, 0.0, target.width() * secondsPerPixel / column, tile->image.height()));
    return true;
}

void SpectrogramTiles::paint(QPainter& painter, const QRectF& area, double begin, double secondsPerPixel) {
    painter.fillRect(area, QColor(m_colours[m_compared ? noDifference : 0]));
    if (!m_analysis || area.width() < 1.0 || m_clip->frames() == 0) return;
    const double scale = painter.device()->devicePixelRatioF();
    const double pixel = secondsPerPixel / scale;
    const int grid = std::clamp(static_cast<int>(std::lround(std::log2(pixel / finest))), 0, coarsestGrid);
    m_lastGrid = grid;
    const double tileSeconds = columns * columnSeconds(grid);
    double seconds = m_clip->seconds();
    if (m_compared) seconds = std::max(seconds, m_compared->seconds());
    const double end = std::min(begin + area.width() * secondsPerPixel, seconds);

    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    m_missing.clear();
    const auto snapped = [&](double time) {
        const double x = area.left() + (time - begin) / secondsPerPixel;
        return std::round(x * scale) / scale;
    };
    for (auto index = static_cast<qint64>(std::floor(begin / tileSeconds)); index * tileSeconds < end; ++index) {
        if (index < 0) continue;
        const double left = std::max(snapped(static_cast<double>(index) * tileSeconds), area.left());
        const double right =
            std::min(snapped(std::min(static_cast<double>(index + 1) * tileSeconds, seconds)), area.right());
        if (right <= left) continue;
        const QRectF target(left, area.top(), right - left, area.height());
        const double from = begin + (left - area.left()) * secondsPerPixel;
        bool drawn = paintTile(painter, target, {grid, index}, from, secondsPerPixel, true);
        for (int up = 1; !drawn && up <= 6; ++up)
            drawn = paintTile(painter, target, {grid + up, index >> up}, from, secondsPerPixel, false);
        for (int half = 0; !drawn && half < 2; ++half) {
            const double middle = snapped((static_cast<double>(index) + 0.5) * tileSeconds);
            const double halfLeft = half == 0 ? left : std::max(left, middle);
            const double halfRight = half == 0 ? std::min(right, middle) : right;
            if (halfRight > halfLeft)
                paintTile(painter, QRectF(halfLeft, area.top(), halfRight - halfLeft, area.height()),
                          {grid - 1, 2 * index + half}, begin + (halfLeft - area.left()) * secondsPerPixel,
                          secondsPerPixel, false);
        }
    }
    painter.restore();

    // The middle of the view first, then the tiles that scrolling would show next.
    const double middle = 0.5 * (begin + end) / tileSeconds - 0.5;
    std::sort(m_missing.begin(), m_missing.end(), [&](const Key& a, const Key& b) {
        return std::abs(static_cast<double>(a.index) - middle) < std::abs(static_cast<double>(b.index) - middle);
    });
    for (const qint64 beyond : {static_cast<qint64>(std::floor(end / tileSeconds)) + 1,
                                static_cast<qint64>(std::floor(begin / tileSeconds)) - 1}) {
        const Key key{grid, beyond};
        if (beyond >= 0 && static_cast<double>(beyond) * tileSeconds < seconds && !m_tiles.contains(key) &&
            !m_running.contains(key))
            m_missing.push_back(key);
    }
    m_wanted = m_missing;
    startNext();
}

void SpectrogramTiles::startNext() {
    while (!m_wanted.empty() && static_cast<int>(m_running.size()) < m_pool.maxThreadCount()) {
        const Key key = m_wanted.front();
        m_wanted.erase(m_wanted.begin());
        m_running.insert(key);
        m_pool.start([this, key, generation = m_generation, analysis = m_analysis, other = m_comparedAnalysis,
                      offset = m_offset] {
            const double column = columnSeconds(key.grid);
            const double from = static_cast<double>(key.index * columns - margin) * column;
            audio::SpectrogramTile tile;
            errorOf([&] { // a tile that does not fit into memory is not drawn; the next painting asks for it again
                const auto made = analysis->tile(from, column, columns + 2 * margin);
                tile = other ? difference(made, other->tile(from, column, columns + 2 * margin), offset) : made;
            });
            QMetaObject::invokeMethod(
                this, [this, generation, key, tile = std::move(tile)] { receive(generation, key, tile); },
                Qt::QueuedConnection);
        });
    }
}

void SpectrogramTiles::receive(quint64 generation, Key key, audio::SpectrogramTile levels) {
    if (generation != m_generation) {
        startNext();
        return;
    }
    m_running.erase(key);
    if (levels.columns == 0) return startNext();
    m_tiles[key] = Tile{std::move(levels), {}, false, ++m_clock};
    dropOld();
    startNext();
    Q_EMIT tilesReady();
}

void SpectrogramTiles::dropOld() {
    while (m_tiles.size() > 16 && m_tiles.size() * bytesOf(m_rows) > budget) {
        const auto oldest = std::min_element(
            m_tiles.begin(), m_tiles.end(), [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
        m_tiles.erase(oldest);
    }
}

std::optional<double> SpectrogramTiles::levelAt(double time, double position) const {
    if (!(position >= 0.0 && position < 1.0) || time < 0.0) return std::nullopt;
    for (int grid = m_lastGrid; grid <= m_lastGrid + 6; ++grid) {
        const double column = columnSeconds(grid);
        const auto index = static_cast<qint64>(std::floor(time / (columns * column)));
        const auto found = m_tiles.find({grid, index});
        if (found == m_tiles.end()) continue;
        const audio::SpectrogramTile& tile = found->second.levels;
        const auto x = margin + static_cast<int>(time / column - static_cast<double>(index) * columns);
        const auto y = static_cast<int>((1.0 - position) * tile.rows);
        const std::uint8_t level = tile.levels[static_cast<std::size_t>(std::clamp(y, 0, tile.rows - 1) * tile.columns +
                                                                        std::clamp(x, 0, tile.columns - 1))];
        return m_compared ? 0.5 * (level - noDifference) : audio::SpectrogramTile::decibels(level);
    }
    return std::nullopt;
}

} // namespace n2m::ui
