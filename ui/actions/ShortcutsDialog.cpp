#include "ui/actions/ShortcutsDialog.h"

#include "ui/actions/Actions.h"
#include "ui/widgets/ScrolledPage.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QTreeWidget>

#include <map>

namespace n2m::ui {
namespace {

constexpr int idRole = Qt::UserRole;

QString plainText(const QAction* action) {
    return action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

QString keysText(const QAction* action) {
    QStringList texts;
    for (const QKeySequence& sequence : action->shortcuts())
        texts << sequence.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

} // namespace

ShortcutsDialog::ShortcutsDialog(Actions& actions, QWidget* parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_search(new QLineEdit)
    , m_list(new QTreeWidget)
    , m_keys(new QKeySequenceEdit)
    , m_set(new QPushButton(tr("&Set")))
    , m_clear(new QPushButton(tr("&No key")))
    , m_reset(new QPushButton(tr("&Default")))
    , m_problem(new QLabel) {
    setWindowTitle(tr("Keyboard shortcuts"));
    m_search->setPlaceholderText(tr("Search: an action or a key"));
    m_search->setAccessibleName(tr("Search the shortcuts"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName("shortcuts");
    m_list->setAccessibleName(tr("Keyboard shortcuts"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Action"), tr("Keys")});
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setAlternatingRowColors(true);
    m_keys->setAccessibleName(tr("New key of the chosen action"));
    m_problem->setProperty("state", "bad");
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto* editor = new QHBoxLayout;
    auto* label = new QLabel(tr("New &key:"));
    label->setBuddy(m_keys);
    editor->addWidget(label);
    editor->addWidget(m_keys, 1);
    editor->addWidget(m_set);
    editor->addWidget(m_clear);
    editor->addWidget(m_reset);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setAutoDefault(false);
    for (QPushButton* button : {m_set, m_clear, m_reset})
        button->setAutoDefault(false);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addLayout(editor);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connect(m_search, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutsDialog::showCurrent);
    connect(m_set, &QPushButton::clicked, this, &ShortcutsDialog::change);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_keys->clear();
        change();
    });
    connect(m_reset, &QPushButton::clicked, this, &ShortcutsDialog::reset);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fill();
    showCurrent();
    fitIntoScreen(*this, {700, 620});
    m_search->setFocus();
}

void ShortcutsDialog::fill() {
    std::map<QString, QTreeWidgetItem*> groups;
    for (const Actions::Entry& entry : m_actions.entries()) {
        QTreeWidgetItem*& group = groups[entry.group];
        if (!group) {
            group = new QTreeWidgetItem(m_list, {entry.group});
            group->setFlags(Qt::ItemIsEnabled);
            QFont font = m_list->font();
            font.setBold(true);
            group->setFont(0, font);
            group->setFirstColumnSpanned(true);
            group->setExpanded(true);
        }
        auto* item = new QTreeWidgetItem(group, {plainText(entry.action), keysText(entry.action)});
        item->setData(0, idRole, entry.id);
    }
}

void ShortcutsDialog::filter(const QString& text) {
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_list->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < group->childCount(); ++j) {
            QTreeWidgetItem* item = group->child(j);
            const bool found =
                item->text(0).contains(text, Qt::CaseInsensitive) || item->text(1).contains(text, Qt::CaseInsensitive);
            item->setHidden(!found);
            any = any || found;
        }
        group->setHidden(!any);
    }
}

void ShortcutsDialog::showCurrent() {
    const QTreeWidgetItem* item = m_list->currentItem();
    const bool isAction = item && item->parent();
    for (QWidget* widget : {static_cast<QWidget*>(m_keys), static_cast<QWidget*>(m_set), static_cast<QWidget*>(m_clear),
                            static_cast<QWidget*>(m_reset)})
        widget->setEnabled(isAction);
    m_problem->hide();
    if (isAction) m_keys->setKeySequence(m_actions[item->data(0, idRole).toString()]->shortcut());
}

void ShortcutsDialog::change() {
    QTreeWidgetItem* item = m_list->currentItem();
    if (!item || !item->parent()) return;
    const QString id = item->data(0, idRole).toString();
    QList<QKeySequence> keys;
    if (!m_keys->keySequence().isEmpty()) keys << m_keys->keySequence();
    if (const Actions::Entry* other = m_actions.conflict(keys, id)) {
        m_problem->setText(
            tr("%1 is taken by “%2”. Give that another key first.")
                .arg(m_keys->keySequence().toString(QKeySequence::NativeText), plainText(other->action)));
        m_problem->show();
        return;
    }
    m_problem->hide();
    m_actions.setKeys(id, keys);
    item->setText(1, keysText(m_actions[id]));
}

void ShortcutsDialog::reset() {
    QTreeWidgetItem* item = m_list->currentItem();
    if (!item || !item->parent()) return;
    const QString id = item->data(0, idRole).toString();
    for (const Actions::Entry& entry : m_actions.entries()) {
        if (entry.id != id) continue;
        if (const Actions::Entry* other = m_actions.conflict(entry.defaults, id)) {
            m_problem->setText(tr("Its default key is taken by “%1”.").arg(plainText(other->action)));
            m_problem->show();
            return;
        }
    }
    m_actions.resetKeys(id);
    item->setText(1, keysText(m_actions[id]));
    showCurrent();
}

} // namespace n2m::ui
