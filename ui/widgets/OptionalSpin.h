#pragma once

#include <QDoubleSpinBox>

#include <optional>

namespace n2m::ui {

/// A number that may be left to the program: below its minimum the field shows a text ("24 (default)"). With `decimals`
/// 0, a whole number. GUI thread.
class OptionalSpin : public QDoubleSpinBox {
    Q_OBJECT

public:
    OptionalSpin(double least, double most, double step, int decimals, QWidget* parent = nullptr);

    /// Sets the text for no choice, and the value where stepping up begins.
    void setFallback(const QString& text, double value);

    std::optional<double> chosen() const;
    void choose(std::optional<double> value);

    void stepBy(int steps) override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void showBegin();

    double m_least, m_fallback;
};

} // namespace n2m::ui
