#include "app/studio/MarkDesk.h"

#include "app/studio/MarkCommand.h"
#include "storage/TakeStore.h"
#include "ui/Messages.h"
#include "ui/history/FactsPanel.h"
#include "ui/history/HistoryPanel.h"
#include "ui/history/TagsDialog.h"
#include "ui/keys/Actions.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QUndoStack>

#include <stdexcept>

namespace n2m::studio {

MarkDesk::MarkDesk(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    connectPanels();
    connectActions();
}

void MarkDesk::change(const QString& text, const std::vector<std::int64_t>& takes, const std::function<void()>& write) {
    const auto tell = [this] { Q_EMIT changed(); };
    m_parts.undo.push(new MarkCommand(m_parts.takes, text, takes, write, tell));
    tell();
}

void MarkDesk::connectPanels() {
    const ui::HistoryPanel* history = &m_parts.history;
    connect(history, &ui::HistoryPanel::starClicked, this,
            [this](qlonglong take, bool starred) { star({take}, starred); });
    const auto rateOne = [this](qlonglong take, int rating) { rate({take}, rating); };
    connect(history, &ui::HistoryPanel::ratingClicked, this, rateOne);
    const ui::FactsPanel* facts = &m_parts.facts;
    connect(facts, &ui::FactsPanel::ratingChanged, this, rateOne);
    connect(facts, &ui::FactsPanel::notStored, this,
            [this](const QString& error) { m_parts.window.notice().showError(error); });
    connect(facts, &ui::FactsPanel::titleChanged, this, [this](qlonglong take, const QString& title) {
        change(tr("the title"), {take}, [&] { m_parts.takes.setTitle({take}, title.toStdString()); });
    });
    connect(facts, &ui::FactsPanel::notesChanged, this, [this](qlonglong take, const QString& notes) {
        change(tr("the notes"), {take}, [&] { m_parts.takes.setNotes({take}, notes.toStdString()); });
    });
    connect(facts, &ui::FactsPanel::tagsChanged, this, [this](qlonglong take, const QStringList& tags) {
        std::vector<std::string> names;
        for (const QString& tag : tags)
            names.push_back(tag.toStdString());
        change(tr("the tags"), {take}, [&] { m_parts.takes.setTags({take}, names); });
    });
}

void MarkDesk::connectActions() {
    const ui::Actions& actions = m_parts.actions;
    connect(actions["clip.star"], &QAction::triggered, this, &MarkDesk::toggleStar);
    connect(actions["clip.tags"], &QAction::triggered, this, &MarkDesk::askForTags);
    for (int rating = 0; rating <= 5; ++rating)
        connect(actions[QStringLiteral("clip.rate%1").arg(rating)], &QAction::triggered, this,
                [this, rating] { rate(m_parts.subject(), rating); });
}

void MarkDesk::toggleStar() {
    const auto ids = m_parts.subject();
    if (ids.empty()) return;
    const auto takes = m_parts.takes.page(ids);
    star(ids, !std::all_of(takes.begin(), takes.end(), [](const storage::Take& take) { return take.starred; }));
}

void MarkDesk::star(const std::vector<std::int64_t>& takes, bool starred) {
    change(tr("the star"), takes, [&] { m_parts.takes.setStarred(takes, starred); });
}

void MarkDesk::rate(const std::vector<std::int64_t>& takes, int rating) {
    change(tr("the rating"), takes, [&] { m_parts.takes.setRating(takes, rating); });
}

void MarkDesk::askForTags() {
    const auto ids = m_parts.subject();
    if (ids.empty()) return;
    ui::TagsDialog dialog(static_cast<int>(ids.size()), m_parts.takes.tagsOf(ids), m_parts.takes.tags(),
                          &m_parts.window);
    if (dialog.exec() != QDialog::Accepted) return;
    try {
        change(tr("the tags"), ids, [&] { m_parts.takes.changeTags(ids, dialog.added(), dialog.removed()); });
    } catch (const std::invalid_argument& error) { // what is no tag
        m_parts.window.notice().showError(ui::inUsersLanguage(error.what()));
    }
}

} // namespace n2m::studio
