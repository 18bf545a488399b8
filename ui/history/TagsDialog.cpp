#include "ui/history/TagsDialog.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QListWidget>

namespace n2m::ui {
namespace {

constexpr int beforeRole = Qt::UserRole; // a tag's Qt::CheckState at the start

} // namespace

TagsDialog::TagsDialog(int clips, const std::vector<storage::TagCount>& theirs,
                       const std::vector<storage::TagCount>& all, QWidget* parent)
    : QDialog(parent)
    , m_new(new QLineEdit)
    , m_list(new QListWidget) {
    setWindowTitle(clips == 1 ? tr("Tags of the clip") : tr("Tags of %1 clips").arg(clips));
    setMinimumWidth(340);
    m_new->setObjectName("newTag");
    m_new->setPlaceholderText(tr("slow, for the film, …"));
    m_list->setObjectName("tagList");
    m_list->setAccessibleName(tr("Tags"));
    m_list->setMinimumHeight(180);
    m_list->setSpacing(2);

    for (const storage::TagCount& tag : theirs)
        addRow(QString::fromStdString(tag.name), tag.takes == clips ? Qt::Checked : Qt::PartiallyChecked);
    QStringList names;
    for (const storage::TagCount& tag : all) {
        names << QString::fromStdString(tag.name);
        if (m_list->findItems(names.back(), Qt::MatchFixedString).isEmpty()) addRow(names.back(), Qt::Unchecked);
    }
    auto* completer = new QCompleter(names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_new->setCompleter(completer);

    auto* add = new QPushButton(tr("&Add"));
    add->setAutoDefault(false);
    auto* top = new QHBoxLayout;
    auto* label = new QLabel(tr("&New tag"));
    label->setBuddy(m_new);
    top->addWidget(label);
    top->addWidget(m_new, 1);
    top->addWidget(add);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton* keep = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    keep->setProperty("primary", true);
    keep->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(add, &QPushButton::clicked, this, &TagsDialog::takeNew);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        takeNew(); // a tag that is typed but not added yet
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void TagsDialog::addRow(const QString& tag, Qt::CheckState state) {
    auto* row = new QListWidgetItem(tag, m_list);
    row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    row->setCheckState(state);
    row->setData(beforeRole, state);
}

void TagsDialog::takeNew() {
    for (const QString& part : m_new->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString tag = part.simplified();
        if (tag.isEmpty()) continue;
        if (m_list->findItems(tag, Qt::MatchFixedString).isEmpty()) addRow(tag, Qt::Unchecked);
        QListWidgetItem* row = m_list->findItems(tag, Qt::MatchFixedString).front();
        row->setCheckState(Qt::Checked);
        m_list->scrollToItem(row);
    }
    m_new->clear();
    m_new->setFocus();
}

std::vector<std::string> TagsDialog::turned(Qt::CheckState to) const {
    std::vector<std::string> tags;
    for (int i = 0; i < m_list->count(); ++i) {
        const QListWidgetItem* row = m_list->item(i);
        if (row->checkState() == to && row->data(beforeRole).toInt() != to) tags.push_back(row->text().toStdString());
    }
    return tags;
}

std::vector<std::string> TagsDialog::added() const {
    return turned(Qt::Checked);
}

std::vector<std::string> TagsDialog::removed() const {
    return turned(Qt::Unchecked);
}

} // namespace n2m::ui
