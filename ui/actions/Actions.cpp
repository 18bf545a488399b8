#include "ui/actions/Actions.h"

#include "ui/style/Icons.h"

#include <QSettings>

#include <stdexcept>

namespace n2m::ui {
namespace {

QList<QKeySequence> keys(std::initializer_list<const char*> texts) {
    QList<QKeySequence> sequences;
    for (const char* text : texts)
        sequences << QKeySequence(QString::fromLatin1(text));
    return sequences;
}

QString withKey(const QString& text, const QAction& action) {
    const QString key = keyText(action);
    return key.isEmpty() ? text : Actions::tr("%1 (%2)", "an action and its key").arg(text, key);
}

} // namespace

Actions::Actions(QObject* parent)
    : QObject(parent) {
    const QString generation = tr("Generation");
    add(generation, "generate", tr("&Generate"), keys({"Ctrl+Return", "Ctrl+Enter"}), "generate");
    add(generation, "generate.next", tr("Generate &next, at the front of the queue"),
        keys({"Ctrl+Shift+Return", "Ctrl+Shift+Enter"}), "to-front");
    add(generation, "prompt.older", tr("Earlier prompt"), keys({"Alt+Up"}));
    add(generation, "prompt.newer", tr("Later prompt"), keys({"Alt+Down"}));
    add(generation, "prompt.focus", tr("Go to the prompt"), keys({"Ctrl+L"}));

    const QString queue = tr("Queue");
    add(queue, "queue.cancelRunning", tr("&Cancel the running job"), keys({"Shift+X"}), "cancel");
    add(queue, "queue.listen", tr("&Listen to the clip in progress"), keys({"Ctrl+Shift+L"}), "play");
    (*this)["queue.listen"]->setEnabled(false);
    add(queue, "queue.clear", tr("Clear the &queue"), keys({"Ctrl+Shift+X"}));
    add(queue, "queue.pause", tr("&Pause the queue"), keys({"Ctrl+Shift+P"}), "pause");
    (*this)["queue.pause"]->setCheckable(true);

    const QString clip = tr("Clip");
    add(clip, "clip.useAll", tr("Use &all its settings"), keys({"A"}), "recycle");
    add(clip, "clip.usePrompt", tr("Use its &prompt"), keys({"P"}));
    add(clip, "clip.useSeed", tr("Use its &seed"), keys({"S"}));
    add(clip, "clip.useAllButSeed", tr("Use all but the s&eed"), keys({"R"}));
    add(clip, "clip.facts", tr("Show its &facts"), keys({"I"}), "info");
    add(clip, "clip.star", tr("S&tar"), keys({"."}), "star");
    for (int rating = 0; rating <= 5; ++rating) {
        const QString id = QStringLiteral("clip.rate%1").arg(rating);
        add(clip, id, rating == 0 ? tr("No rating") : tr("Rate %1 of 5").arg(rating),
            {QKeySequence(QString::number(rating))});
    }
    add(clip, "clip.tags", tr("Ta&gs…"), keys({"Shift+T"}), "tag");
    add(clip, "clip.board", tr("Put on a &board"), keys({"Shift+B"}), "board");
    add(clip, "clip.trash", tr("Move to the tras&h"), keys({"Del"}), "trash");
    add(clip, "clip.restore", tr("Restore fro&m the trash"), keys({"Ins"}), "restore");
    add(clip, "clip.compare", tr("&Compare with the previous clip"), keys({"C"}), "compare");
    add(clip, "compare.switch", tr("Switch to the &other clip"), keys({"B"}));
    add(clip, "compare.difference", tr("Show the d&ifference"), keys({"D"}));
    add(clip, "clip.chords", tr("Edit the chords at the p&layhead"), keys({"E"}), "pencil");
    add(clip, "clip.repaint", tr("&Repaint selection…"), keys({"Shift+R"}), "generate");
    add(clip, "clip.extend", tr("E&xtend clip…"), keys({"Shift+E"}), "add");
    add(clip, "clip.verify", tr("&Verify: generate again and compare"), {}, "verify");
    add(clip, "clip.showInFolder", tr("Show in fol&der"), {}, "folder");
    add(clip, "clip.export", tr("&Export…"), keys({"Ctrl+Shift+E"}), "export");
    add(clip, "clip.exportScore", tr("Export as &MIDI…"), {}, "export");

    const QString playback = tr("Playback");
    add(playback, "play", tr("&Play or stop"), keys({"Space"}), "play");
    add(playback, "play.once", tr("Play &once"), keys({"Shift+Space"}));
    add(playback, "loop", tr("&Loop"), keys({"L"}), "loop");
    (*this)["loop"]->setCheckable(true);
    add(playback, "loop.selection", tr("Loop the &selection"), keys({"Shift+L"}));
    add(playback, "seek.start", tr("To the start"), keys({"Home"}));
    add(playback, "seek.end", tr("To the end"), keys({"End"}));
    add(playback, "select.start", tr("Selection starts here"), keys({"["}));
    add(playback, "select.end", tr("Selection ends here"), keys({"]"}));

    const QString view = tr("View");
    add(view, "zoom.in", tr("Zoom &in"), keys({"Ctrl+=", "Ctrl++"}));
    add(view, "zoom.out", tr("Zoom &out"), keys({"Ctrl+-"}));
    add(view, "zoom.selection", tr("Zoom to the &selection"), keys({"Ctrl+E"}));
    add(view, "zoom.fit", tr("&Fit the clip"), keys({"Ctrl+F"}));
    add(view, "zoom.normal", tr("&Normal zoom"), keys({"Ctrl+2"}));
    add(view, "panel.parameters", tr("Se&ttings panel"), keys({"T"}), "panel-left");
    add(view, "panel.history", tr("&History panel"), keys({"G"}), "panel-right");
    add(view, "panel.queue", tr("&Queue and facts"), keys({"Q"}), "panel-bottom");
    add(view, "panel.clipOnly", tr("The clip &alone"), keys({"F"}));
    for (const char* id : {"panel.parameters", "panel.history", "panel.queue"}) {
        (*this)[id]->setCheckable(true);
        (*this)[id]->setChecked(true);
    }
    add(view, "history.search", tr("Search the history"), keys({"Ctrl+Shift+F"}), "search");

    const QString program = tr("Program");
    add(program, "import", tr("&Import sound files…"), keys({"Ctrl+Shift+I"}), "import");
    add(program, "undo", tr("&Undo"), keys({"Ctrl+Z"}));
    add(program, "redo", tr("&Redo"), keys({"Ctrl+Shift+Z"}));
    add(program, "trash.empty", tr("Empt&y the trash…"), {}, "trash");
    add(program, "library.folder", tr("Open the &library's folder"), {}, "folder");
    add(program, "library.rebuild", tr("&Rebuild the library from its folder"), {});
    add(program, "preferences", tr("&Preferences…"), keys({"Ctrl+,"}), "settings");
    add(program, "shortcuts", tr("&Keyboard shortcuts…"), keys({"Shift+?", "?"}), "keyboard");
    add(program, "check", tr("&Check the installation…"), {}, "verify");
    add(program, "about", tr("&About Noise2Music Studio"), {});
    add(program, "quit", tr("&Quit"), keys({"Ctrl+Q"}));
    (*this)["quit"]->setMenuRole(QAction::QuitRole);
}

void Actions::add(const QString& group, const QString& id, const QString& text, const QList<QKeySequence>& keySequences,
                  const QString& iconName) {
    auto* action = new QAction(text, this);
    action->setObjectName(id);
    if (!iconName.isEmpty()) action->setIcon(icon(iconName));
    action->setShortcuts(keySequences);
    m_entries.push_back({id, group, keySequences, action});
    showKeys(m_entries.back());
}

void Actions::showKeys(const Entry& entry) {
    const QString text = entry.action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"));
    entry.action->setToolTip(withKey(text, *entry.action));
}

Actions::Entry& Actions::find(const QString& id) {
    for (Entry& entry : m_entries)
        if (entry.id == id) return entry;
    throw std::logic_error("there is no action " + id.toStdString());
}

QAction* Actions::operator[](const QString& id) const {
    return const_cast<Actions*>(this)->find(id).action;
}

const Actions::Entry* Actions::conflict(const QList<QKeySequence>& keySequences, const QString& except) const {
    for (const Entry& entry : m_entries) {
        if (entry.id == except) continue;
        for (const QKeySequence& taken : entry.action->shortcuts())
            for (const QKeySequence& wanted : keySequences)
                if (!wanted.isEmpty() &&
                    (taken.matches(wanted) != QKeySequence::NoMatch || wanted.matches(taken) != QKeySequence::NoMatch))
                    return &entry;
    }
    return nullptr;
}

void Actions::setKeys(const QString& id, const QList<QKeySequence>& keySequences) {
    Entry& entry = find(id);
    entry.action->setShortcuts(keySequences);
    showKeys(entry);
}

void Actions::resetKeys(const QString& id) {
    setKeys(id, find(id).defaults);
}

void Actions::save(QSettings& settings) const {
    settings.beginGroup("keys");
    settings.remove("");
    for (const Entry& entry : m_entries)
        if (entry.action->shortcuts() != entry.defaults)
            settings.setValue(entry.id, QKeySequence::listToString(entry.action->shortcuts()));
    settings.endGroup();
}

void Actions::load(QSettings& settings) {
    settings.beginGroup("keys");
    for (const Entry& entry : m_entries) {
        if (!settings.contains(entry.id)) continue;
        QList<QKeySequence> sequences = QKeySequence::listFromString(settings.value(entry.id).toString());
        sequences.removeAll(QKeySequence()); // "no keys" is kept as one empty text
        setKeys(entry.id, sequences);
    }
    settings.endGroup();
}

QString keyText(const QAction& action) {
    return action.shortcut().toString(QKeySequence::NativeText);
}

void tellKey(QWidget& widget, const QAction& action, const QString& text) {
    const auto tell = [&widget, &action, text] {
        widget.setToolTip(text.isEmpty() ? action.toolTip() : withKey(text, action));
    };
    QObject::connect(&action, &QAction::changed, &widget, tell);
    tell();
}

} // namespace n2m::ui
