#include "ui/widgets/ScrolledPage.h"

#include <QDialog>
#include <QScreen>
#include <QScrollBar>

namespace n2m::ui {
namespace {

constexpr int decoration = 40; // pixels of the desktop's frame around a window
constexpr int leastHeight = 80;

} // namespace

ScrolledPage::ScrolledPage(QWidget* content, QWidget* parent)
    : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
}

QSize ScrolledPage::sizeHint() const {
    const int width = std::max({widget()->sizeHint().width(), minimumSizeHint().width(), minimumWidth()});
    const int height = widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
    return {width, height};
}

QSize ScrolledPage::minimumSizeHint() const {
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), leastHeight};
}

bool ScrolledPage::eventFilter(QObject* watched, QEvent* event) {
    const bool handled = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
    return handled;
}

void fitIntoScreen(QDialog& dialog, QSize wanted) {
    dialog.ensurePolished();
    wanted = wanted.expandedTo(dialog.sizeHint());
    if (dialog.isVisible()) wanted = wanted.expandedTo(dialog.size());
    dialog.resize(wanted.boundedTo(dialog.screen()->availableSize() - QSize(0, decoration)));
}

} // namespace n2m::ui
