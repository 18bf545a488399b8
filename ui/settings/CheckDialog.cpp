#include "ui/settings/CheckDialog.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/Label.h"

#include <QDialogButtonBox>

namespace n2m::ui {
namespace {

QIcon signOf(Check::State state) {
    const ThemeColours& colours = themeColours();
    switch (state) {
    case Check::State::Good:
        return icon("check", colours.good);
    case Check::State::Warning:
        return icon("warning", colours.warning);
    case Check::State::Bad:
        break;
    }
    return icon("cancel", colours.bad);
}

QString stateText(Check::State state) {
    switch (state) {
    case Check::State::Good:
        return CheckDialog::tr("good");
    case Check::State::Warning:
        return CheckDialog::tr("to be noted");
    case Check::State::Bad:
        break;
    }
    return CheckDialog::tr("not working");
}

} // namespace

CheckDialog::CheckDialog(const std::vector<Check>& checks, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Check of the installation"));
    setMinimumWidth(520);
    const bool good =
        std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.state == Check::State::Good; });
    auto* layout = new QVBoxLayout(this);
    auto* heading = headingLabel(good ? tr("Everything is there.") : tr("Some things want your attention."));
    heading->setProperty("big", true);
    layout->addWidget(heading);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const Check& check : checks) {
        auto* sign = new QLabel;
        sign->setPixmap(signOf(check.state).pixmap(18));
        sign->setAccessibleName(stateText(check.state));
        auto* text = new QLabel(check.text);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(sign, row, 0, Qt::AlignTop);
        grid->addWidget(headingLabel(check.name), row, 1, Qt::AlignTop);
        grid->addWidget(text, row, 2, Qt::AlignTop);
        ++row;
    }
    layout->addLayout(grid);
    layout->addStretch();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace n2m::ui
