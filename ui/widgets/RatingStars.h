#pragma once

#include <QWidget>

class QPainter;

namespace n2m::ui {

/// A rating of 0 (none) to 5 stars that can be clicked; a click on the present rating removes it. GUI thread.
class RatingStars : public QWidget {
    Q_OBJECT

public:
    explicit RatingStars(QWidget* parent = nullptr);

    int rating() const { return m_rating; }
    void setRating(int rating);

    QSize sizeHint() const override;

    // The same stars for delegates.
    static constexpr int count = 5;
    static QSize sizeFor(int starSize);
    static void paint(QPainter* painter, const QRect& area, int rating, bool showEmpty);
    /// The star at x, 1 … 5; 0 = none.
    static int starAt(const QRect& area, int x);

Q_SIGNALS:
    void chosen(int rating);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect area() const;

    int m_rating = 0;
};

} // namespace n2m::ui
