#pragma once

#include <QIcon>
#include <QWidget>

namespace n2m::ui {

/// An icon that follows theme and screen, because it is drawn at every painting; a QLabel keeps its first pixels. GUI
/// thread.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(int side, QWidget* parent = nullptr);

    void setIcon(const QIcon& icon);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QIcon m_icon;
};

} // namespace n2m::ui
