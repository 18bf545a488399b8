#include "ui/actions/Actions.h"
#include "ui/actions/ShortcutsDialog.h"

#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

using n2m::ui::Actions;
using n2m::ui::ShortcutsDialog;

class ActionsTest : public QObject {
    Q_OBJECT

    static QTreeWidgetItem* itemOf(QTreeWidget* list, const QString& text) {
        const auto items = list->findItems(text, Qt::MatchExactly | Qt::MatchRecursive);
        return items.isEmpty() ? nullptr : items.front();
    }

private Q_SLOTS:
    void defaultsDoNotCollide() {
        const Actions actions;
        for (const Actions::Entry& entry : actions.entries())
            QVERIFY2(!actions.conflict(entry.defaults, entry.id), qPrintable(entry.id));
    }

    void keysAreKept() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
        {
            Actions actions;
            actions.setKeys("clip.star", {QKeySequence("Ctrl+J"), QKeySequence(",")});
            actions.setKeys("play", {});
            actions.save(settings);
        }
        Actions actions;
        actions.load(settings);
        QCOMPARE(actions["clip.star"]->shortcuts(), (QList<QKeySequence>{QKeySequence("Ctrl+J"), QKeySequence(",")}));
        QVERIFY(actions["play"]->shortcuts().isEmpty());
        QCOMPARE(actions["generate"]->shortcut(), QKeySequence("Ctrl+Return"));
    }

    void unknownActionIsAMistake() {
        const Actions actions;
        QVERIFY_EXCEPTION_THROWN(actions["no.such"], std::logic_error);
    }

    void dialogRefusesTakenKeys() {
        Actions actions;
        ShortcutsDialog dialog(actions);
        auto* list = dialog.findChild<QTreeWidget*>("shortcuts");
        auto* keys = dialog.findChild<QKeySequenceEdit*>();
        QPushButton* set = nullptr;
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->text() == "&Set") set = button;
        QVERIFY(list && keys && set);
        list->setCurrentItem(itemOf(list, "Star"));
        keys->setKeySequence(QKeySequence("L")); // is "Loop"
        set->click();
        QCOMPARE(actions["clip.star"]->shortcut(), QKeySequence("."));
        keys->setKeySequence(QKeySequence("Ctrl+J"));
        set->click();
        QCOMPARE(actions["clip.star"]->shortcut(), QKeySequence("Ctrl+J"));
    }

    void dialogIsSearched() {
        Actions actions;
        ShortcutsDialog dialog(actions);
        auto* list = dialog.findChild<QTreeWidget*>("shortcuts");
        dialog.findChild<QLineEdit*>()->setText("ctrl+shift+e");
        QVERIFY(!itemOf(list, "Export")->isHidden());
        QVERIFY(itemOf(list, "Loop")->isHidden());
    }
};

QTEST_MAIN(ActionsTest)
#include "ActionsTest.moc"
