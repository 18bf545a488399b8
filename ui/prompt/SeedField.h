#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>

class QLineEdit;
class QToolButton;

namespace n2m::ui {

/// The seed: blank or −1 = random; a die for a new one, a recycling arrow for the last one that was used.
class SeedField : public QWidget {
    Q_OBJECT

public:
    explicit SeedField(QWidget* parent = nullptr);

    /// None = random.
    std::optional<std::uint64_t> seed() const;
    /// Whether something stands there that is no seed.
    bool isWrong() const;
    void setSeed(std::optional<std::uint64_t> seed);
    QString text() const;
    void setText(const QString& text);
    /// What the arrow brings back.
    void setLastSeed(std::uint64_t seed);

private:
    QLineEdit* m_edit;
    QToolButton* m_recycle;
    std::optional<std::uint64_t> m_last;
};

} // namespace n2m::ui
