#include "app/studio/MarkController.h"

#include "app/studio/MarkCommand.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/history/FactsPanel.h"
#include "ui/history/HistoryPanel.h"
#include "ui/history/TagsDialog.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QUndoStack>

#include <stdexcept>

namespace n2m::studio {

MarkController::MarkController(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    connectPanels();
    connectActions();
}

void MarkController::change(const QString& text, const std::vector<std::int64_t>& takes,
                            const std::function<void()>& write) {
    const auto tell = [this] { Q_EMIT changed(); };
    m_parts.undo.push(new MarkCommand(m_parts.library.marks(), text, takes, write, tell));
    tell();
}

void MarkController::connectPanels() {
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
        change(tr("the title"), {take}, [&] { m_parts.library.marks().setTitle({take}, title.toStdString()); });
    });
    connect(facts, &ui::FactsPanel::notesChanged, this, [this](qlonglong take, const QString& notes) {
        change(tr("the notes"), {take}, [&] { m_parts.library.marks().setNotes({take}, notes.toStdString()); });
    });
    connect(facts, &ui::FactsPanel::tagsChanged, this, [this](qlonglong take, const QStringList& tags) {
        std::vector<std::string> names;
        for (const QString& tag : tags)
            names.push_back(tag.toStdString());
        change(tr("the tags"), {take}, [&] { m_parts.library.marks().setTags({take}, names); });
    });
}

void MarkController::connectActions() {
    const ui::Actions& actions = m_parts.actions;
    connect(actions["clip.star"], &QAction::triggered, this, &MarkController::toggleStar);
    connect(actions["clip.tags"], &QAction::triggered, this, &MarkController::askForTags);
    for (int rating = 0; rating <= 5; ++rating)
        connect(actions[QStringLiteral("clip.rate%1").arg(rating)], &QAction::triggered, this,
                [this, rating] { rate(m_parts.subject(), rating); });
}

void MarkController::toggleStar() {
    const auto ids = m_parts.subject();
    if (ids.empty()) return;
    const auto takes = m_parts.library.takes().page(ids);
    star(ids, !std::all_of(takes.begin(), takes.end(), [](const storage::Take& take) { return take.starred; }));
}

void MarkController::star(const std::vector<std::int64_t>& takes, bool starred) {
    change(tr("the star"), takes, [&] { m_parts.library.marks().setStarred(takes, starred); });
}

void MarkController::rate(const std::vector<std::int64_t>& takes, int rating) {
    change(tr("the rating"), takes, [&] { m_parts.library.marks().setRating(takes, rating); });
}

void MarkController::askForTags() {
    const auto ids = m_parts.subject();
    if (ids.empty()) return;
    ui::TagsDialog dialog(static_cast<int>(ids.size()), m_parts.library.marks().tagsOf(ids),
                          m_parts.library.marks().tags(), &m_parts.window);
    if (dialog.exec() != QDialog::Accepted) return;
    try {
        change(tr("the tags"), ids, [&] { m_parts.library.marks().changeTags(ids, dialog.added(), dialog.removed()); });
    } catch (const std::invalid_argument& error) { // not a valid tag
        m_parts.window.notice().showError(ui::inUsersLanguage(error));
    }
}

} // namespace n2m::studio
