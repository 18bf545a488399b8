#include "app/studio/Studio.h"

#include "app/studio/DesktopNotifications.h"
#include "app/studio/Excerpts.h"
#include "app/studio/Exporting.h"
#include "app/studio/GenerationNotice.h"
#include "app/studio/Importing.h"
#include "app/studio/LongTasks.h"
#include "app/studio/Making.h"
#include "app/studio/Playback.h"
#include "app/studio/Preview.h"
#include "app/studio/QueueForecast.h"
#include "app/studio/Repainting.h"
#include "app/studio/Session.h"
#include "app/studio/TakeDesk.h"
#include "engine/audio/Player.h"
#include "engine/plan/Harmony.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/clip/ClipView.h"
#include "ui/history/FactsPanel.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"
#include "ui/keys/Actions.h"
#include "ui/making/MakingStrip.h"
#include "ui/player/PlayerBar.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/prompt/PromptPanel.h"
#include "ui/queue/QueueModel.h"
#include "ui/queue/QueuePanel.h"
#include "ui/widgets/TypingWatch.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QFileInfo>
#include <QUndoStack>

#include <stdexcept>
#include <utility>

namespace n2m::studio {
namespace {

constexpr int lookEvery = 1000; // milliseconds
const char* const spectrogramKey = "window/spectrogram";
const char* const timesKey = "engine/times";

} // namespace

std::unique_ptr<QSettings> openSettings(const QString& file) {
    if (file.isEmpty()) return std::make_unique<QSettings>("Noise2Music", "Studio");
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

Studio::Studio(Setup setup)
    : m_settings(openSettings(setup.settingsFile))
    , m_library(std::make_unique<storage::Library>(setup.library))
    , m_actions(std::make_unique<ui::Actions>())
    , m_undo(std::make_unique<QUndoStack>())
    , m_queue(std::make_unique<ui::QueueModel>(m_library->jobs()))
    , m_historyModel(std::make_unique<ui::HistoryModel>(m_library->takes()))
    , m_player(std::make_unique<audio::Player>())
    , m_typing(std::make_unique<ui::TypingWatch>())
    , m_model(setup.model) {
    m_actions->load(*m_settings);
    m_times.fromJson(m_settings->value(timesKey).toString().toStdString());
    auto worker = makeWorker(setup);
    m_worker = worker.get();
    makeParts(setup);
    connectParts();
    startWorker(std::move(worker)); // last: a library that is damaged is found out by the parts, which read it
}

Studio::~Studio() {
    shutDown();
    m_window->hide(); // what is being written is left, and told of, while there is still somebody to be told
}

std::unique_ptr<GenerationWorker> Studio::makeWorker(const Setup& setup) {
    m_times.choose(m_model.folder.toStdString(), m_model.device.toStdString());
    return std::make_unique<GenerationWorker>(setup.library,
                                              [this, generate = setup.generate](const auto& request, auto& monitor) {
                                                  return m_times.run(generate, request, monitor);
                                              });
}

void Studio::startWorker(std::unique_ptr<GenerationWorker> worker) {
    worker->moveToThread(&m_thread);
    // On its own thread, with its library.
    connect(&m_thread, &QThread::finished, worker.release(), &QObject::deleteLater);
    m_thread.setObjectName("engine");
    m_thread.start();
}

void Studio::makeParts(const Setup& setup) {
    QWidget unplaced; // owns what is made until the window has taken it over: a damaged library may throw in between
    m_prompt = new ui::PromptPanel(m_library->prompts(), *m_actions, &unplaced);
    m_prompt->setTokenCounter(setup.tokens);
    m_parameters = new ui::ParametersPanel(m_library->prompts(), &unplaced);
    m_parameters->setModel(setup.model);
    m_parameters->openAdvanced(m_settings->value("window/advanced", false).toBool());
    m_clip = new ui::ClipView(&unplaced);
    m_clip->setOptions(ui::spectrogramOptionsFromString(m_settings->value(spectrogramKey).toString()));
    connect(m_clip, &ui::ClipView::optionsChanged, this,
            [this] { m_settings->setValue(spectrogramKey, ui::toString(m_clip->options())); });
    m_playerBar = new ui::PlayerBar(*m_actions, &unplaced);
    m_strip = new ui::MakingStrip(*m_actions, &unplaced);
    auto* queuePanel = new ui::QueuePanel(*m_queue, m_library->jobs(), *m_actions, &unplaced);
    queuePanel->setForecast(QueueForecast(m_times));
    auto* history = new ui::HistoryPanel(*m_historyModel, m_library->takes(), *m_actions, &unplaced);
    auto* facts = new ui::FactsPanel(*m_actions, &unplaced);
    m_window = std::make_unique<ui::MainWindow>(
        ui::MainWindow::Parts{m_prompt, m_parameters, m_clip, m_strip, queuePanel, facts, history, m_playerBar},
        *m_actions);
    connect(m_window.get(), &ui::MainWindow::lowChanged, m_prompt, &ui::PromptPanel::setCompact);
    connect(m_window.get(), &ui::MainWindow::lowChanged, m_strip, &ui::MakingStrip::setCompact);
    m_prompt->setCompact(m_window->isLow());
    m_strip->setCompact(m_window->isLow());
    m_window->restore(*m_settings);
    m_making =
        std::make_unique<Making>(Making::Parts{*m_library, *m_actions, *m_prompt, *m_parameters, *m_queue, *queuePanel,
                                               m_window->notice(), *m_worker, setup.check, [this] { settleChords(); }});
    m_tasks = std::make_unique<LongTasks>(m_window->task());
    m_desk = std::make_unique<TakeDesk>(
        TakeDesk::Parts{*m_library, *m_actions, *history, *facts, *m_window, *m_undo, *m_tasks,
                        [this] { return m_playback->playing() || m_clip->isEditing(); }});
    connect(queuePanel, &ui::QueuePanel::takeChosen, m_desk.get(), &TakeDesk::choose);
    m_playback = std::make_unique<Playback>(*m_player, *m_clip, *m_playerBar);
    m_preview = std::make_unique<Preview>(*m_worker, m_library->jobs(), *m_strip, *m_clip);
    m_repainting = std::make_unique<Repainting>(
        Repainting::Parts{*m_library, *m_actions, *m_clip, m_window->notice(), *m_desk, *m_making});
    m_exporting = std::make_unique<Exporting>(*m_library, *m_tasks, *m_window, *m_settings);
    m_excerpts = std::make_unique<Excerpts>(m_library->folder());
    m_importing = std::make_unique<Importing>(*m_library, *m_tasks, *m_window);
    m_dialogs = std::make_unique<Dialogs>(Dialogs::Parts{*m_actions, *m_window, *m_library, *m_player, *m_settings,
                                                         m_model, setup.chooseModel, setup.settingsFile.isEmpty()});
    m_session = std::make_unique<Session>(Session::Parts{*m_settings, *m_library, m_model, *m_prompt, *m_parameters,
                                                         *m_clip, *history, *m_playerBar, *m_desk});
}

void Studio::settleChords() {
    if (!m_clip->finishEditing())
        throw std::invalid_argument(tr("What stands over the clip are no chords.").toStdString());
}

void Studio::connectParts() {
    connect(m_making.get(), &Making::queued, m_typing.get(), &ui::TypingWatch::begin);
    connect(m_making.get(), &Making::queued, m_desk.get(), &TakeDesk::expect);
    connect(m_making.get(), &Making::takeMade, this, &Studio::showMade);
    connect(m_making.get(), &Making::queueChanged, this, [this] { m_window->showQueueCount(m_making->unfinished()); });
    connect(m_desk.get(), &TakeDesk::clipShown, m_playback.get(), &Playback::setClip);
    connect(m_desk.get(), &TakeDesk::hintChanged, m_clip, &ui::ClipView::setHint);
    connect(m_desk.get(), &TakeDesk::compared, m_playback.get(), &Playback::compareWith);
    connect(m_desk.get(), &TakeDesk::playRequested, m_playback.get(), &Playback::play);
    const std::pair<const char*, Making::Use> uses[] = {{"clip.useAll", Making::Use::All},
                                                        {"clip.useAllButSeed", Making::Use::AllButSeed},
                                                        {"clip.usePrompt", Making::Use::Prompt},
                                                        {"clip.useSeed", Making::Use::Seed}};
    for (const auto& [id, use] : uses)
        connect((*m_actions)[id], &QAction::triggered, this, [this, use = use] {
            if (const auto take = m_library->takes().find(m_desk->shown())) m_making->use(*take, use);
        });
    connect(m_clip, &ui::ClipView::chordsEdited, this, &Studio::useChords);
    connect(m_desk.get(), &TakeDesk::clipShown, this, [this] { m_chordsUsed = false; });
    connect((*m_actions)["queue.listen"], &QAction::triggered, m_preview.get(), &Preview::listen);
    connect(m_preview.get(), &Preview::audible, m_desk.get(), &TakeDesk::showPreview);
    connect(m_preview.get(), &Preview::abandoned, m_desk.get(), &TakeDesk::endPreview);
    connect(m_preview.get(), &Preview::failed, this, &Studio::complain);
    connect(m_prompt, &ui::PromptPanel::musicChosen, m_parameters, &ui::ParametersPanel::setMusic);
    connect(m_prompt, &ui::PromptPanel::planAnewWanted, m_parameters, &ui::ParametersPanel::planAnew);
    connect(m_parameters, &ui::ParametersPanel::purposeChanged, m_prompt, &ui::PromptPanel::showPurpose);
    connect(m_parameters, &ui::ParametersPanel::purposeChanged, this, [this](const QString& verb) {
        if (verb.isEmpty()) return m_repainting->end();
        (*m_actions)["panel.parameters"]->setChecked(true); // which says of what
    });
    connect(m_parameters, &ui::ParametersPanel::givenPlanChanged, m_prompt, &ui::PromptPanel::showKeptMusic);
    connect(m_historyModel.get(), &ui::HistoryModel::unreadable, this, &Studio::complain, Qt::QueuedConnection);
    m_window->setHintMenu(m_prompt->startingPointsMenu());
    connectListening();
    connectVerification();
    connectFiles();
    connectExcerpts();
    connectDialogs();
    connectDesktop();

    connect(m_window.get(), &ui::MainWindow::closing, this, &Studio::shutDown);
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (!m_library->changedElsewhere()) return;
        m_making->refresh();
        m_desk->refresh();
    });
}

void Studio::useChords(const QString& progression) {
    const std::optional<plan::Plan> plan = m_clip->editedPlan();
    if (!plan) return;
    // All else is to stay what it is in the clip: prompt, seed, settings. Once: what the user changes after the first
    // chord is his wish.
    if (!std::exchange(m_chordsUsed, true)) {
        if (const auto take = m_library->takes().find(m_desk->shown()))
            m_making->use(*take, Making::Use::All);
        else if (const auto job = m_library->jobs().find(m_preview->job())) // heard while it is being made
            m_making->show(requestFromJson(job->request));
    }
    m_parameters->setMusic(plan->bpm, QString::fromStdString(plan::toString(plan->key)), progression);
    // As a wish alone, the chords would begin again with each section, and stand elsewhere than they were written.
    m_parameters->setGivenPlan(*plan);
    m_window->notice().showNews(tr("The clip's settings and the new chords are in the panels: Generate makes it with "
                                   "them."));
}

void Studio::showMade(qlonglong take) {
    m_settings->setValue(timesKey, QString::fromStdString(m_times.toJson()));
    m_desk->takeMade(take);
    QApplication::alert(m_window.get());
    // It is new: it does not begin where the last one was left. What plays is a preview of it, and goes on.
    if (m_desk->shown() == take && !m_playback->playing()) m_playback->toStart();
    // Whoever asked for it and has waited since wants to hear it: Space is to play, not to go on in the prompt.
    if (m_desk->shown() == take && m_typing->endsUntouched()) m_clip->setFocus();
}

void Studio::connectListening() {
    const auto on = [this](const char* id, auto* receiver, auto slot) {
        connect((*m_actions)[id], &QAction::triggered, receiver, slot);
    };
    Playback* playback = m_playback.get();
    on("play", this, [this] {
        if (m_playback->playing() || !m_desk->playWhenRead()) m_playback->toggle();
    });
    on("play.once", playback, &Playback::playOnce);
    on("seek.start", playback, &Playback::toStart);
    on("seek.end", playback, &Playback::toEnd);
    on("loop", playback, &Playback::setLooping);
    connect(playback, &Playback::loopingChanged, (*m_actions)["loop"], &QAction::setChecked);
    on("loop.selection", m_clip, &ui::ClipView::loopSelection);
    on("select.start", m_clip, &ui::ClipView::selectFromPlayhead);
    on("select.end", m_clip, &ui::ClipView::selectToPlayhead);
    on("zoom.in", m_clip, &ui::ClipView::zoomIn);
    on("zoom.out", m_clip, &ui::ClipView::zoomOut);
    on("zoom.selection", m_clip, &ui::ClipView::zoomToSelection);
    on("zoom.fit", m_clip, &ui::ClipView::showAll);
    on("zoom.normal", m_clip, &ui::ClipView::showNormal);
    on("clip.chords", m_clip, &ui::ClipView::editBarAtPlayhead);
    on("compare.switch", m_clip, &ui::ClipView::switchTake);
    on("compare.difference", m_clip, &ui::ClipView::switchDifference);
    connect(m_desk.get(), &TakeDesk::clipShown, this, &Studio::enableViewActions);
    connect(m_desk.get(), &TakeDesk::compared, this, &Studio::enableViewActions);
    enableViewActions();
    connect(m_clip, &ui::ClipView::selectionChanged, this, &Studio::enableViewActions);
    connect(m_clip, &ui::ClipView::loopChanged, this, &Studio::enableViewActions);
    on("prompt.focus", m_prompt, &ui::PromptPanel::focusPrompt);
}

void Studio::enableViewActions() {
    (*m_actions)["clip.chords"]->setEnabled(m_clip->clip() && m_clip->hasBars());
    const bool selected = !m_clip->timeline().selection().empty();
    (*m_actions)["zoom.selection"]->setEnabled(selected);
    (*m_actions)["loop.selection"]->setEnabled(selected || m_clip->timeline().loop()); // which it ends
    for (const char* id : {"compare.switch", "compare.difference"})
        (*m_actions)[id]->setEnabled(m_clip->compared() != nullptr);
}

void Studio::connectVerification() {
    connect((*m_actions)["clip.verify"], &QAction::triggered, this, [this] {
        if (m_desk->shown() == 0) return;
        m_window->notice().showNews(m_making->unfinished() > 0
                                        ? tr("The clip will be made again and compared when the queue is done.")
                                        : tr("The clip is being made again, to compare …"));
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, take = m_desk->shown()] { worker->verify(take); }, Qt::QueuedConnection);
    });
    connect(m_worker, &GenerationWorker::verified, this, [this](qlonglong, const QString& verdict) {
        m_making->endVerification();
        m_window->notice().showResult(verdict);
    });
    connect(m_worker, &GenerationWorker::verificationFailed, this, [this](qlonglong, const QString& error) {
        m_making->endVerification();
        m_window->notice().showError(tr("The clip could not be verified: %1").arg(error));
    });
}

void Studio::connectFiles() {
    connect((*m_actions)["import"], &QAction::triggered, m_importing.get(), &Importing::ask);
    connect((*m_actions)["library.rebuild"], &QAction::triggered, m_importing.get(), &Importing::rebuild);
    connect(m_importing.get(), &Importing::changed, m_desk.get(), &TakeDesk::refresh);
    connect(m_importing.get(), &Importing::arrived, m_desk.get(), &TakeDesk::choose);
    connect(m_importing.get(), &Importing::settingsWanted, this,
            [this](const storage::Take& take) { m_making->use(take, Making::Use::All); });
    connect(m_tasks.get(), &LongTasks::failed, this, &Studio::complain);
    connect(m_desk.get(), &TakeDesk::exportRequested, this, [this](const std::vector<std::int64_t>& takes) {
        const audio::FrameRange selection = m_clip->timeline().selection();
        const bool ofShown = takes.size() == 1 && takes.front() == m_desk->shown() && !selection.empty();
        m_exporting->ask(takes, ofShown ? std::optional(selection) : std::nullopt);
    });
}

void Studio::connectExcerpts() {
    connect(m_clip, &ui::ClipView::excerptWanted, this, [this](const audio::FrameRange& range) {
        const auto take = m_library->takes().find(m_desk->shown());
        if (take && m_desk->clip()) return m_excerpts->write(*take, m_desk->clip(), range);
        m_clip->giveExcerpt({});
        m_window->notice().showNews(tr("This clip is still being made: it has no file yet."));
    });
    connect(m_excerpts.get(), &Excerpts::written, m_clip, &ui::ClipView::giveExcerpt);
    connect(m_excerpts.get(), &Excerpts::failed, this, [this](const QString& error) {
        m_clip->giveExcerpt({});
        complain(error);
    });
    connect(m_clip, &ui::ClipView::excerptCopied, this, [this](const QString& file) {
        m_window->notice().showNews(tr("Copied as a file: %1").arg(QFileInfo(file).fileName()));
    });
}

void Studio::connectDialogs() {
    connect(m_dialogs.get(), &Dialogs::modelChosen, this, [this](const ui::TokenCounter& tokens) {
        m_parameters->setModel(m_model);
        m_prompt->setTokenCounter(tokens);
        m_times.choose(m_model.folder.toStdString(), m_model.device.toStdString());
    });
    connect(m_playerBar, &ui::PlayerBar::deviceRequested, m_dialogs.get(), &Dialogs::showPreferences);
}

void Studio::connectDesktop() {
    m_desktop = std::make_unique<DesktopNotifications>();
    const auto idle = [this] { return m_making->unfinished() == 0 || m_library->jobs().paused(); };
    const auto show = [this](const QString& title, const QString& text) { m_desktop->show(title, text); };
    m_doneNotice = std::make_unique<GenerationNotice>(
        GenerationNotice::Parts{*m_library, *m_window, *m_settings, *m_worker, idle, show});
    connect(m_desktop.get(), &DesktopNotifications::clicked, m_doneNotice.get(), &GenerationNotice::bringToFront);
    connect(m_doneNotice.get(), &GenerationNotice::takeWanted, m_desk.get(), &TakeDesk::choose);
}

void Studio::begin() {
    m_session->restore();
    m_window->show();
    m_prompt->focusPrompt();
    m_making->begin();
    m_look.start();
    m_dialogs->checkOnFirstStart();
    QStringList problems;
    for (const std::string& problem : m_library->problems())
        problems << ui::inUsersLanguage(problem);
    if (problems.isEmpty()) return;
    const QString lines = problems.join(QLatin1Char('\n'));
    if (m_library->wantsRebuild())
        m_window->notice().showError(lines, tr("Rebuild the library"), [this] { m_importing->rebuild(); });
    else
        m_window->notice().showError(lines);
}

void Studio::open(const QStringList& files) {
    QStringList others;
    for (const QString& file : files) {
        const auto take = m_library->takes().findFile(QFileInfo(file).absoluteFilePath().toStdString());
        if (take)
            m_desk->choose(take->id);
        else
            others << file;
    }
    m_importing->import(others);
}

void Studio::comeToFront(const QStringList& files) {
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    open(files);
}

void Studio::complain(const QString& line) {
    m_window->notice().showError(line);
}

void Studio::complainOfModel(const QString& why) {
    m_window->notice().showError(why, tr("Preferences…"), [this] { m_dialogs->showPreferences(); });
}

void Studio::shutDown() {
    if (!m_thread.isRunning()) return;
    m_look.stop();
    m_tasks->stopAll();
    m_playback->stop();
    m_making->endEditing(); // what was being written is kept, not the job
    m_session->save();
    m_window->save(*m_settings);
    m_settings->setValue("window/advanced", m_parameters->advancedIsOpen());
    m_actions->save(*m_settings);
    m_settings->sync();
    m_worker->stop();
    m_thread.quit();
    m_thread.wait();
}

} // namespace n2m::studio
