#include "ui/window/Menus.h"

#include "ui/actions/Actions.h"

#include <QCoreApplication>
#include <QMenuBar>

namespace n2m::ui {
namespace {

/// Adds a menu of actions; "-" is a separator.
void addMenu(QMenuBar& bar, Actions& actions, const QString& title, std::initializer_list<const char*> ids) {
    QMenu* menu = bar.addMenu(title);
    for (const char* id : ids) {
        if (*id == '-')
            menu->addSeparator();
        else
            menu->addAction(actions[QString::fromLatin1(id)]);
    }
}

} // namespace

void fillMenus(QMenuBar& bar, Actions& actions) {
    const auto tr = [](const char* text) { return QCoreApplication::translate("n2m::ui", text); };
    addMenu(bar, actions, tr("&File"),
            {"import", "clip.export", "clip.exportScore", "-", "library.folder", "library.rebuild", "trash.empty", "-",
             "preferences", "-", "quit"});
    addMenu(bar, actions, tr("&Edit"), {"undo", "redo", "-", "prompt.focus", "history.search"});
    addMenu(bar, actions, tr("&Generate"),
            {"generate", "generate.next", "-", "queue.listen", "queue.pause", "queue.cancelRunning", "queue.clear"});
    addMenu(bar, actions, tr("&Clip"),
            {"clip.useAll",       "clip.useAllButSeed", "clip.usePrompt", "clip.useSeed",       "-",
             "clip.star",         "clip.rate5",         "clip.rate4",     "clip.rate3",         "clip.rate2",
             "clip.rate1",        "clip.rate0",         "clip.tags",      "clip.board",         "-",
             "clip.facts",        "clip.compare",       "compare.switch", "compare.difference", "-",
             "clip.chords",       "clip.repaint",       "clip.extend",    "clip.verify",        "-",
             "clip.showInFolder", "clip.trash",         "clip.restore"});
    addMenu(
        bar, actions, tr("&Play"),
        {"play", "play.once", "loop", "loop.selection", "-", "seek.start", "seek.end", "select.start", "select.end"});
    addMenu(bar, actions, tr("&View"),
            {"zoom.in", "zoom.out", "zoom.selection", "zoom.fit", "zoom.normal", "-", "panel.parameters",
             "panel.history", "panel.queue", "panel.clipOnly"});
    addMenu(bar, actions, tr("&Help"), {"shortcuts", "check", "-", "about"});
}

void addClipMenu(QWidget& view, Actions& actions) {
    for (const char* id :
         {"play.once", "loop.selection", "zoom.selection", "-", "clip.repaint", "clip.extend", "clip.chords", "-",
          "clip.star", "clip.useAll", "clip.facts", "clip.export", "clip.exportScore"}) {
        if (*id == '-') {
            auto* line = new QAction(&view);
            line->setSeparator(true);
            view.addAction(line);
        } else {
            view.addAction(actions[QString::fromLatin1(id)]);
        }
    }
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace n2m::ui
