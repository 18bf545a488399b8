#include "engine/evaluation/ContactSheet.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace n2m::evaluation {
namespace {

constexpr std::size_t gap = 4, framesPerPixel = 8, pixelsPerBand = 1;

struct Picture {
    std::size_t width = 0, height = 0;
    std::vector<std::uint8_t> pixels; ///< RGB

    Picture(std::size_t w, std::size_t h)
        : width(w)
        , height(h)
        , pixels(w * h * 3, 255) {}
    void set(std::size_t x, std::size_t y, const std::array<std::uint8_t, 3>& colour) {
        std::copy(colour.begin(), colour.end(), pixels.begin() + static_cast<std::ptrdiff_t>((y * width + x) * 3));
    }
};

/// Maps −1 … 1 to black, violet, orange, light yellow: ever brighter, so that it can be read in grey as well.
std::array<std::uint8_t, 3> colourOf(float value) {
    static constexpr std::array<std::array<float, 3>, 5> stops{
        {{0, 0, 4}, {81, 18, 124}, {183, 55, 121}, {252, 137, 97}, {252, 253, 191}}};
    const float place = std::clamp((value + 1.0f) / 2.0f, 0.0f, 1.0f) * (stops.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), stops.size() - 2);
    const float part = place - static_cast<float>(below);
    std::array<std::uint8_t, 3> colour{};
    for (std::size_t i = 0; i < colour.size(); ++i)
        colour[i] =
            static_cast<std::uint8_t>(std::lround(stops[below][i] * (1.0f - part) + stops[below + 1][i] * part));
    return colour;
}

void draw(const Spectrogram& spectrogram, Picture& picture, std::size_t left, std::size_t top) {
    const std::size_t bands = static_cast<std::size_t>(spectrogram.bands);
    for (std::size_t x = 0; (x + 1) * framesPerPixel <= spectrogram.frames(); ++x)
        for (std::size_t band = 0; band < bands; ++band) {
            float sum = 0.0f;
            for (std::size_t frame = x * framesPerPixel; frame < (x + 1) * framesPerPixel; ++frame)
                sum += spectrogram.at(band, frame) / static_cast<float>(framesPerPixel);
            for (std::size_t y = 0; y < pixelsPerBand; ++y)
                picture.set(left + x, top + (bands - 1 - band) * pixelsPerBand + y, colourOf(sum));
        }
}

} // namespace

void writeContactSheet(const std::filesystem::path& file, const std::vector<std::vector<Spectrogram>>& rows) {
    std::size_t columns = 0, cellWidth = 0, cellHeight = 0;
    for (const auto& row : rows) {
        columns = std::max(columns, row.size());
        for (const Spectrogram& spectrogram : row) {
            cellWidth = std::max(cellWidth, spectrogram.frames() / framesPerPixel);
            cellHeight = std::max(cellHeight, static_cast<std::size_t>(spectrogram.bands) * pixelsPerBand);
        }
    }
    if (cellWidth == 0 || cellHeight == 0) throw base::InvalidInput("a contact sheet needs spectrograms to show");
    Picture picture(columns * (cellWidth + gap) - gap, rows.size() * (cellHeight + gap) - gap);
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < rows[row].size(); ++column)
            draw(rows[row][column], picture, column * (cellWidth + gap), row * (cellHeight + gap));

    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(picture.width);
    png.height = static_cast<png_uint_32>(picture.height);
    png.format = PNG_FORMAT_RGB;
    png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(png);
    std::vector<char> encoded(bytes);
    if (png_image_write_to_memory(&png, encoded.data(), &bytes, 0, picture.pixels.data(), 0, nullptr) == 0)
        throw base::Failure("the contact sheet cannot be made: {}", png.message);
    base::AtomicFile output(file);
    output.write(encoded.data(), bytes);
    output.commit();
}

} // namespace n2m::evaluation
