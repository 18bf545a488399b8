#include "ui/settings/CheckDialog.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/Label.h"
#include "ui/widgets/ScrolledPage.h"

#include <QDialogButtonBox>

namespace n2m::ui {
namespace {

QIcon signOf(Check::State state) {
    const ThemeColours& colours = themeColours();
    switch (state) {
    case Check::State::Good:
        return icon("check", colours.good);
    case Check::State::Looking:
        return {};
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
    case Check::State::Looking:
        return CheckDialog::tr("being checked");
    case Check::State::Warning:
        return CheckDialog::tr("needs attention");
    case Check::State::Bad:
        break;
    }
    return CheckDialog::tr("not working");
}

} // namespace

CheckDialog::CheckDialog(QWidget* parent)
    : QDialog(parent)
    , m_heading(headingLabel())
    , m_grid(new QGridLayout) {
    setWindowTitle(tr("Check of the installation"));
    m_heading->setProperty("big", true);
    m_heading->setObjectName("verdict");
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(10);
    m_grid->setColumnStretch(2, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_heading);
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(m_grid);
    rows->addStretch();
    auto* page = new ScrolledPage(content);
    page->setMinimumWidth(500);
    layout->addWidget(page, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void CheckDialog::showChecks(const std::vector<Check>& checks) {
    Check::State worst = Check::State::Good;
    for (const Check& check : checks)
        worst = std::max(worst, check.state);
    m_heading->setText(worst == Check::State::Good      ? tr("Everything works.")
                       : worst == Check::State::Looking ? tr("Checking …")
                                                        : tr("Some things need your attention."));
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const Check& check : checks) {
        auto* sign = new QLabel;
        sign->setPixmap(signOf(check.state).pixmap(18));
        sign->setAccessibleName(stateText(check.state));
        auto* text = new QLabel(check.text);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_grid->addWidget(sign, row, 0, Qt::AlignTop);
        m_grid->addWidget(headingLabel(check.name), row, 1, Qt::AlignTop);
        m_grid->addWidget(text, row, 2, Qt::AlignTop);
        ++row;
    }
    fitIntoScreen(*this);
}

} // namespace n2m::ui
