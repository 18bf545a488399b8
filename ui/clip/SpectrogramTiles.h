#pragma once

#include "engine/audio/SpectrogramAnalysis.h"
#include "ui/clip/ColourMap.h"

#include <QImage>
#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

class QPainter;

namespace n2m::ui {

/// The spectrogram of a clip, or the difference of two, as pictures for any zoom: tiles of 256 columns on time grids
/// that are a power of two apart. A few threads of low priority make them; up to 64 MiB are kept. A missing tile is
/// drawn from a coarser or finer grid meanwhile. GUI thread.
class SpectrogramTiles : public QObject {
    Q_OBJECT

public:
    explicit SpectrogramTiles(QObject* parent = nullptr);
    ~SpectrogramTiles() override;

    /// Sets the clip; with a second one, shows by how many dB that, raised by `offset` dB, is above the first. nullptr:
    /// nothing is shown.
    void setClips(std::shared_ptr<const audio::Clip> clip, std::shared_ptr<const audio::Clip> compared = nullptr,
                  double offset = 0.0);
    void setAxis(const audio::FrequencyAxis& axis, int rows);
    /// Sets the colour of each level (audio::SpectrogramTile, or half decibels above −64 dB of difference).
    void setColours(const ColourTable& colours);

    /// Draws the time from `begin` on into an area whose edges are on device pixels. Asks for missing tiles.
    void paint(QPainter& painter, const QRectF& area, double begin, double secondsPerPixel);

    /// The level (or difference) in dB at a place that was drawn recently.
    std::optional<double> levelAt(double time, double position) const;
    bool complete() const { return m_wanted.empty() && m_running.empty(); } ///< every tile that was asked for is there

    /// The level in a tile for a difference of 0 dB; levels are half decibels.
    static constexpr int noDifference = 128;

Q_SIGNALS:
    void tilesReady();

private:
    struct Key {
        int grid = 0;
        qint64 index = 0;
        auto operator<=>(const Key&) const = default;
    };
    struct Tile {
        audio::SpectrogramTile levels;
        QImage image;
        bool coloured = false;
        quint64 used = 0;
    };

    void forget();
    void makeAnalyses();
    const Tile* find(Key key);
    bool paintTile(QPainter& painter, const QRectF& target, Key key, double begin, double secondsPerPixel,
                   bool request);
    void startNext();
    void receive(quint64 generation, Key key, audio::SpectrogramTile levels);
    void dropOld();

    std::shared_ptr<const audio::Clip> m_clip, m_compared;
    double m_offset = 0.0;
    audio::FrequencyAxis m_axis{audio::FrequencyScale::Mel, 0.0, 12000.0};
    int m_rows = 512;
    ColourTable m_colours{};
    std::shared_ptr<const audio::SpectrogramAnalysis> m_analysis, m_comparedAnalysis;

    std::map<Key, Tile> m_tiles;
    std::vector<Key> m_wanted, m_missing; ///< m_wanted: the most urgent first
    std::set<Key> m_running;
    quint64 m_generation = 0, m_clock = 0;
    int m_lastGrid = 0;
    QThreadPool m_pool;
};

} // namespace n2m::ui
