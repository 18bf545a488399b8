#include "ui/style/Theme.h"
#include "ui/actions/Actions.h"
#include "ui/player/PlayerBar.h"
#include "ui/style/Icons.h"
#include "ui/widgets/IconLabel.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QPixmap>
#include <QtTest>

#include <cmath>

using namespace n2m::ui;

namespace {

/// WCAG 2.1's relative luminance and contrast ratio.
double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textCanBeRead_data() {
        QTest::addColumn<int>("theme");
        QTest::newRow("dark") << static_cast<int>(Theme::Dark);
        QTest::newRow("light") << static_cast<int>(Theme::Light);
    }
    // WCAG 2.1 asks for 4.5 : 1 for text (success criterion 1.4.3).
    void textCanBeRead() {
        QFETCH(int, theme);
        applyTheme(*qApp, static_cast<Theme>(theme));
        const QPalette palette = qApp->palette();
        const ThemeColours& colours = themeColours();
        for (const QColor& ground : {palette.color(QPalette::Window), palette.color(QPalette::Base), colours.panel}) {
            QVERIFY(contrast(palette.color(QPalette::Text), ground) > 7.0);
            QVERIFY(contrast(colours.dimmed, ground) > 4.5);
            QVERIFY(contrast(colours.warning, ground) > 4.5);
            QVERIFY(contrast(colours.bad, ground) > 4.5);
            QVERIFY(contrast(colours.good, ground) > 4.5);
        }
        QVERIFY(contrast(colours.onAccent, colours.accent) > 4.5);
        QVERIFY(!qApp->styleSheet().isEmpty());
        QVERIFY2(!qApp->styleSheet().contains("@"), "a colour of the style sheet has no value");
    }

    void iconsFollowTheTheme() {
        const auto brightest = [] {
            const QImage image = icon("play").pixmap(32).toImage();
            int most = 0, seen = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y).alpha() > 250) {
                        most = std::max(most, image.pixelColor(x, y).lightness());
                        ++seen;
                    }
            return seen > 50 ? most : -1;
        };
        applyTheme(*qApp, Theme::Dark);
        QVERIFY(brightest() > 200);
        applyTheme(*qApp, Theme::Light);
        const int onLight = brightest();
        QVERIFY(onLight >= 0 && onLight < 60);
    }

    /// Icons that are shown already change, too.
    void picturesFollowTheTheme() {
        applyTheme(*qApp, Theme::Light);
        const Actions actions;
        PlayerBar bar(actions);
        NoticeBar notice;
        bar.show();
        notice.showNews("what happened");
        const auto drawn = [](const QWidget& within, const QColor& colour) {
            auto* label = within.findChild<IconLabel*>();
            if (!label) return false;
            const QImage image = label->grab().toImage();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y); // the strokes are thin: no pixel has the full colour
                    if (std::abs(pixel.red() - colour.red()) < 30 && std::abs(pixel.green() - colour.green()) < 30 &&
                        std::abs(pixel.blue() - colour.blue()) < 30)
                        return true;
                }
            return false;
        };
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            applyTheme(*qApp, theme);
            QCoreApplication::processEvents();
            QVERIFY(drawn(bar, qApp->palette().color(QPalette::ButtonText)));
            QVERIFY(drawn(notice, themeColours().accent));
        }
    }

    void unknownIconIsEmpty() { QVERIFY(icon("no such icon").isNull()); }

    void namesGoThereAndBack() {
        for (const Theme theme : {Theme::System, Theme::Dark, Theme::Light})
            QVERIFY(themeFromString(toString(theme)) == theme);
        QVERIFY(themeFromString("purple") == Theme::System);
    }
};

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
