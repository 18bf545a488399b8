#pragma once

#include <QIcon>
#include <QWidget>

namespace n2m::ui {

/// A picture beside something. It is drawn when it is shown, so that it has the colours of the theme that there is then
/// and the pixels of its screen; a QLabel would keep the ones of its beginning. GUI thread.
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
