#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>

class QLineEdit;
class QToolButton;

namespace n2m::ui {

/// The seed's field: blank or −1 = random. The die makes a new seed, the recycling arrow brings the last one back. GUI
/// thread.
class SeedField : public QWidget {
    Q_OBJECT

public:
    explicit SeedField(QWidget* parent = nullptr);

    /// None = random.
    std::optional<std::uint64_t> seed() const;
    /// Whether the text is not a seed.
    bool isWrong() const;
    void setSeed(std::optional<std::uint64_t> seed);
    QString text() const;
    void setText(const QString& text);
    /// Sets the seed that the arrow brings back.
    void setLastSeed(std::uint64_t seed);

private:
    QLineEdit* m_edit;
    QToolButton* m_recycle;
    std::optional<std::uint64_t> m_last;
};

} // namespace n2m::ui
