#include "ui/clip/ClipControls.h"

#include "ui/clip/ClipView.h"
#include "ui/style/Icons.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace n2m::ui {

namespace {

const char* const scaleNames[] = {"mel", "linear", "logarithmic"};

} // namespace

QString toString(const SpectrogramOptions& options) {
    return QStringLiteral("%1 %2 %3 %4")
        .arg(QLatin1String(scaleNames[static_cast<int>(options.scale)]), toString(options.colours))
        .arg(options.range)
        .arg(options.gain);
}

SpectrogramOptions spectrogramOptionsFromString(const QString& text) {
    SpectrogramOptions options;
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.size() != 4) return options;
    for (int scale = 0; scale < 3; ++scale)
        if (words[0] == QLatin1String(scaleNames[scale])) options.scale = static_cast<audio::FrequencyScale>(scale);
    options.colours = colourMapFromString(words[1]);
    bool good = false;
    if (const double range = words[2].toDouble(&good); good && range >= 10.0 && range <= 200.0) options.range = range;
    if (const double gain = words[3].toDouble(&good); good && std::abs(gain) <= 100.0) options.gain = gain;
    return options;
}

ClipControls::ClipControls(ClipView& view)
    : QObject(&view)
    , m_view(view)
    , m_options(new QToolButton(&view))
    , m_menu(new QMenu(&view)) {
    m_options->setIcon(icon(QStringLiteral("sliders")));
    m_options->setIconSize({16, 16});
    m_options->setAutoRaise(true);
    m_options->setAccessibleName(tr("Spectrogram settings"));
    m_options->setToolTip(tr("Frequency axis, colours and levels of the spectrogram"));
    m_options->setPopupMode(QToolButton::InstantPopup);
    m_options->setMenu(m_menu);
    m_options->setFocusPolicy(Qt::TabFocus);
    m_first = clipButton(QStringLiteral("A"), tr("See and hear the first clip"), 0);
    m_second = clipButton(QStringLiteral("B"), tr("See and hear the second clip, as loud as the first"), 1);
    m_difference =
        clipButton(QStringLiteral("≠"), tr("See the difference between the two clips, and hear the first"), 2);
    fillMenu();
    connect(m_menu, &QMenu::aboutToShow, this, &ClipControls::refresh);
    connect(&view, &ClipView::comparisonChanged, this, &ClipControls::refresh);
    refresh();
}

QToolButton* ClipControls::clipButton(const QString& text, const QString& name, int comparison) {
    auto* button = new QToolButton(&m_view);
    button->setText(text);
    button->setCheckable(true);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
    button->setStyleSheet(QStringLiteral("QToolButton { padding: 0; }"));
    connect(button, &QToolButton::clicked, this, [this, comparison] {
        m_view.setComparison(static_cast<ClipView::Comparison>(comparison));
        refresh();
    });
    return button;
}

template <class Value, class Set>
void ClipControls::addChoice(QMenu* menu, const QString& text, Value value, Value SpectrogramOptions::*member,
                             Set set) {
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [this, value, member] {
        SpectrogramOptions options = m_view.options();
        options.*member = value;
        m_view.setOptions(options);
    });
    set->addAction(action);
    connect(m_menu, &QMenu::aboutToShow, action,
            [this, action, value, member] { action->setChecked(m_view.options().*member == value); });
}

void ClipControls::fillMenu() {
    const auto section = [this](const QString& title) {
        QMenu* menu = m_menu->addMenu(title);
        return std::pair{menu, new QActionGroup(menu)};
    };
    const auto [scales, scaleGroup] = section(tr("&Frequency axis"));
    addChoice(scales, tr("&Mel, as the ear hears"), audio::FrequencyScale::Mel, &SpectrogramOptions::scale, scaleGroup);
    addChoice(scales, tr("&Linear"), audio::FrequencyScale::Linear, &SpectrogramOptions::scale, scaleGroup);
    addChoice(scales, tr("L&ogarithmic, equal octaves"), audio::FrequencyScale::Logarithmic, &SpectrogramOptions::scale,
              scaleGroup);
    const auto [maps, mapGroup] = section(tr("&Colours"));
    const QStringList names = colourMapNames();
    for (int map = 0; map < names.size(); ++map)
        addChoice(maps, names[map], static_cast<ColourMap>(map), &SpectrogramOptions::colours, mapGroup);
    const auto [ranges, rangeGroup] = section(tr("&Range"));
    for (const double range : {40.0, 60.0, 80.0, 100.0, 120.0})
        addChoice(ranges, tr("%1 dB").arg(range), range, &SpectrogramOptions::range, rangeGroup);
    const auto [gains, gainGroup] = section(tr("&Gain"));
    for (const double gain : {0.0, 10.0, 20.0, 30.0, 40.0})
        addChoice(gains, tr("%1 dB").arg(gain), gain, &SpectrogramOptions::gain, gainGroup);
    m_menu->addSeparator();
    QAction* byDefault = m_menu->addAction(tr("&Default"));
    connect(byDefault, &QAction::triggered, this, [this] { m_view.setOptions({}); });
}

void ClipControls::place(const QRect& top, const QRect& bottom) {
    const int side = std::min(top.height(), 26);
    m_options->setGeometry(top.left() + 4, top.top(), side + 4, side);
    const int width = (bottom.width() - 6) / 3, height = std::min(bottom.height() - 4, 22);
    int x = bottom.left() + 3;
    for (QToolButton* button : {m_first, m_second, m_difference}) {
        button->setGeometry(x, bottom.bottom() - height - 1, width, height);
        x += width;
    }
}

void ClipControls::refresh() {
    m_options->setVisible(m_view.clip() != nullptr);
    const bool two = m_view.clip() && m_view.compared();
    for (QToolButton* button : {m_first, m_second, m_difference})
        button->setVisible(two);
    m_first->setChecked(m_view.comparison() == ClipView::Comparison::A);
    m_second->setChecked(m_view.comparison() == ClipView::Comparison::B);
    m_difference->setChecked(m_view.comparison() == ClipView::Comparison::Difference);
}

} // namespace n2m::ui
