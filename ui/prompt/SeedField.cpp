#include "ui/prompt/SeedField.h"

#include "ui/style/Icons.h"
#include "ui/widgets/Label.h"

#include <QRandomGenerator>
#include <QRegularExpressionValidator>

namespace n2m::ui {

SeedField::SeedField(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_recycle(new QToolButton) {
    m_edit->setObjectName("seed");
    m_edit->setAccessibleName(tr("Seed"));
    m_edit->setPlaceholderText(tr("random"));
    m_edit->setToolTip(
        tr("The same settings with the same seed give the same clip. Blank or −1: a new one each time."));
    static const QRegularExpression pattern(QStringLiteral("-1?|[0-9]{0,20}"));
    m_edit->setValidator(new QRegularExpressionValidator(pattern, this));
    setFocusProxy(m_edit);
    m_edit->setMinimumWidth(m_edit->fontMetrics().horizontalAdvance(QStringLiteral("1000000000")) +
                            22); // with its frame

    auto* die = new QToolButton;
    die->setObjectName("seedDie");
    die->setIcon(icon("die"));
    die->setAccessibleName(tr("New random seed"));
    die->setToolTip(tr("A new random seed"));
    m_recycle->setObjectName("seedRecycle");
    m_recycle->setIcon(icon("recycle"));
    m_recycle->setAccessibleName(tr("Last seed"));
    m_recycle->setToolTip(tr("The seed of the last clip"));
    m_recycle->setEnabled(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_edit, 1);
    layout->addWidget(die);
    layout->addWidget(m_recycle);
    // Short enough to read out and type in.
    connect(die, &QToolButton::clicked, this, [this] { setSeed(QRandomGenerator::global()->bounded(1'000'000'000)); });
    connect(m_recycle, &QToolButton::clicked, this, [this] { setSeed(m_last); });
    connect(m_edit, &QLineEdit::textChanged, this, [this] { setState(m_edit, isWrong() ? "bad" : ""); });
}

std::optional<std::uint64_t> SeedField::seed() const {
    bool isNumber = false;
    const qulonglong seed = m_edit->text().toULongLong(&isNumber);
    if (!isNumber) return std::nullopt;
    return seed;
}

bool SeedField::isWrong() const {
    const QString text = m_edit->text();
    return !text.isEmpty() && !text.startsWith(QLatin1Char('-')) && !seed();
}

void SeedField::setSeed(std::optional<std::uint64_t> seed) {
    setText(seed ? QString::number(*seed) : QString());
}

QString SeedField::text() const {
    return m_edit->text();
}

void SeedField::setText(const QString& text) {
    m_edit->setText(text);
    m_edit->setCursorPosition(0); // a narrow field shows the beginning
}

void SeedField::setLastSeed(std::uint64_t seed) {
    m_last = seed;
    m_recycle->setEnabled(true);
    m_recycle->setToolTip(tr("The seed of the last clip: %1").arg(seed));
}

} // namespace n2m::ui
