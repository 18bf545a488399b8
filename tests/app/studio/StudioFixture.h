#pragma once

#include "app/studio/Studio.h"

#include "storage/Library.h"
#include "tests/app/studio/FakeEngine.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/actions/Actions.h"
#include "ui/clip/ClipView.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

namespace n2m::test {

constexpr int longEnough = 30000; // milliseconds: reached only in a failing test, or on a very busy machine

/// The real window over a fake engine, with a library and settings of its own for each test.
class StudioFixture : public QObject {
protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeEngine> m_engine;
    std::unique_ptr<studio::Studio> m_studio;

    /// The library and settings in m_folder, the fake engine, and no model.
    virtual studio::Studio::Setup setup() const;

    void prepare(); ///< folder and engine, without a window
    void open();    ///< makes the window and waits until it is active
    void begin();   ///< prepare() and open()
    void end();
    void restart(); ///< ends the program and starts it again

    /// A widget of the window by its object name; ends the test program where there is none.
    template <typename Widget> Widget* child(const char* name) {
        auto* widget = m_studio->window().findChild<Widget*>(name);
        if (!widget) qFatal("there is no %s", name);
        return widget;
    }
    storage::Library& library() { return m_studio->library(); }
    ui::ClipView& view() { return *m_studio->window().findChild<ui::ClipView*>(); }
    QAction* action(const char* id) { return m_studio->actions()[id]; }
    QPlainTextEdit* prompt() { return child<QPlainTextEdit>("prompt"); }
    QListView* historyList() { return child<QListView>("history"); }
    QListView* queueList() { return child<QListView>("queue"); }
    QString title() { return child<QLabel>("clipTitle")->text(); } ///< of the shown clip
    QString notice() { return m_studio->window().notice().text(); }
    int rows() { return historyList()->model()->rowCount(); }

    void choose(int row);      ///< in the history
    void focusRow(int row);    ///< the same, with the keyboard focus
    void showScope(int index); ///< of the history: all, starred, …, trash as the last; negative: from the last
    storage::Take newest();    ///< without recipe and plan

    /// Types into the prompt field and clicks on Generate.
    void generate(const QString& prompt, const QString& seed = {});
    /// Makes a clip with the window, and waits until it is shown.
    void makeClip(const QString& prompt, const QString& seed);
    /// Types into a field of the clip's facts.
    void write(const char* name, const QString& text);
};

/// The same with a model that plans, and has one stage with settings.
class PlanningStudioFixture : public StudioFixture {
protected:
    studio::Studio::Setup setup() const override;
};

} // namespace n2m::test
