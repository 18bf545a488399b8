#include "app/studio/Studio.h"

#include "app/studio/ChordController.h"
#include "app/studio/DesktopNotifications.h"
#include "app/studio/ExcerptWriter.h"
#include "app/studio/ExportController.h"
#include "app/studio/GenerationController.h"
#include "app/studio/GenerationNotice.h"
#include "app/studio/ImportController.h"
#include "app/studio/LibraryController.h"
#include "app/studio/LongTasks.h"
#include "app/studio/Playback.h"
#include "app/studio/Preview.h"
#include "app/studio/PromptController.h"
#include "app/studio/QueueController.h"
#include "app/studio/QueueForecast.h"
#include "app/studio/RepaintController.h"
#include "app/studio/Session.h"
#include "app/studio/ShownClip.h"
#include "engine/audio/Player.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/clip/ChordEditor.h"
#include "ui/clip/ClipView.h"
#include "ui/history/FactsPanel.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"
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

#include <utility>

namespace n2m::studio {
namespace {

constexpr int lookEvery = 1000; // milliseconds
const char *const spectrogramKey = "window/spectrogram", *const timesKey = "engine/times";

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
    , m_queueModel(std::make_unique<ui::QueueModel>())
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
    startWorker(std::move(worker)); // last: the parts read the library, and throw if it is damaged
}

Studio::~Studio() {
    shutDown();
    m_window->hide(); // the fields lose the focus and report their text while the controllers still exist
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
    // The worker is deleted on its own thread, with its library.
    connect(&m_thread, &QThread::finished, worker.release(), &QObject::deleteLater);
    m_thread.setObjectName("engine");
    m_thread.start();
}

void Studio::makeParts(const Setup& setup) {
    QWidget unplaced; // owns the panels until the window does: a damaged library may throw before
    makePanels(setup, unplaced);
    m_window = std::make_unique<ui::MainWindow>(
        ui::MainWindow::Parts{m_prompt, m_parameters, m_clip, m_strip, m_queuePanel, m_facts, m_history, m_playerBar},
        *m_actions);
    connect(m_window.get(), &ui::MainWindow::lowChanged, m_prompt, &ui::PromptPanel::setCompact);
    connect(m_window.get(), &ui::MainWindow::lowChanged, m_strip, &ui::MakingStrip::setCompact);
    m_prompt->setCompact(m_window->isLow());
    m_strip->setCompact(m_window->isLow());
    m_window->restore(*m_settings);
    makeControllers(setup);
}

void Studio::makePanels(const Setup& setup, QWidget& owner) {
    m_prompt = new ui::PromptPanel(*m_actions, &owner);
    m_prompt->setTokenCounter(setup.tokens);
    m_parameters = new ui::ParametersPanel(&owner);
    m_parameters->setModel(setup.model);
    m_parameters->openAdvanced(m_settings->value("window/advanced", false).toBool());
    m_clip = new ui::ClipView(&owner);
    m_clip->setOptions(ui::spectrogramOptionsFromString(m_settings->value(spectrogramKey).toString()));
    connect(m_clip, &ui::ClipView::optionsChanged, this,
            [this] { m_settings->setValue(spectrogramKey, ui::toString(m_clip->options())); });
    m_playerBar = new ui::PlayerBar(*m_actions, &owner);
    m_strip = new ui::MakingStrip(*m_actions, &owner);
    m_queuePanel = new ui::QueuePanel(*m_queueModel, *m_actions, &owner);
    m_queuePanel->setForecast(QueueForecast(m_times));
    m_history = new ui::HistoryPanel(*m_historyModel, m_library->takes(), m_library->marks(), *m_actions, &owner);
    m_facts = new ui::FactsPanel(*m_actions, &owner);
}

void Studio::makeControllers(const Setup& setup) {
    ui::NoticeBar& notice = m_window->notice();
    m_prompts = std::make_unique<PromptController>(m_library->prompts(), *m_prompt, *m_parameters);
    m_queue = std::make_unique<QueueController>(
        QueueController::Parts{*m_library, *m_actions, *m_prompt, *m_queueModel, *m_queuePanel, notice, *m_worker});
    m_generation = std::make_unique<GenerationController>(
        GenerationController::Parts{*m_library, *m_actions, *m_prompt, *m_parameters, *m_queuePanel, notice, *m_queue,
                                    [this] { settleChords(*m_clip); }});
    m_tasks = std::make_unique<LongTasks>(m_window->task());
    m_shown =
        std::make_unique<ShownClip>(ShownClip::Parts{*m_library, *m_actions, *m_history, *m_facts, *m_window, [this] {
                                                         return m_playback->playing() || m_clip->chords().isOpen();
                                                     }});
    m_takes = std::make_unique<LibraryController>(
        LibraryController::Parts{*m_library, *m_actions, *m_history, *m_facts, *m_window, *m_undo, *m_tasks, *m_shown});
    m_playback = std::make_unique<Playback>(*m_player, *m_clip, *m_playerBar);
    m_preview = std::make_unique<Preview>(*m_worker, m_library->jobs(), *m_strip, *m_clip);
    m_chords = std::make_unique<ChordController>(
        ChordController::Parts{*m_library, *m_clip, *m_parameters, notice, *m_generation, *m_shown, *m_preview});
    m_repaint = std::make_unique<RepaintController>(
        RepaintController::Parts{*m_actions, *m_clip, notice, *m_shown, *m_generation});
    m_export = std::make_unique<ExportController>(*m_library, *m_tasks, *m_window, *m_settings);
    m_excerpts = std::make_unique<ExcerptWriter>(m_library->folder());
    m_import = std::make_unique<ImportController>(*m_library, *m_tasks, *m_window);
    m_dialogs = std::make_unique<Dialogs>(Dialogs::Parts{*m_actions, *m_window, *m_library, *m_player, *m_settings,
                                                         m_model, setup.chooseModel, setup.settingsFile.isEmpty()});
    m_session = std::make_unique<Session>(Session::Parts{*m_settings, *m_library, m_model, *m_prompt, *m_parameters,
                                                         *m_clip, *m_history, *m_playerBar, *m_shown});
}

void Studio::connectParts() {
    connect(m_generation.get(), &GenerationController::queued, m_typing.get(), &ui::TypingWatch::begin);
    connect(m_generation.get(), &GenerationController::queued, m_shown.get(), &ShownClip::giveWay);
    connect(m_queue.get(), &QueueController::takeMade, this, &Studio::showNewTake);
    connect(m_queue.get(), &QueueController::changed, this,
            [this] { m_window->showQueueCount(m_queue->unfinished()); });
    connect(m_queuePanel, &ui::QueuePanel::takeChosen, m_shown.get(), &ShownClip::choose);
    connectShownClip();
    connectPanels();
    connectListening();
    connectVerification();
    connectFiles();
    connectExcerpts();
    connectDialogs();
    connectDesktop();
    connect(m_historyModel.get(), &ui::HistoryModel::unreadable, this, &Studio::showError, Qt::QueuedConnection);
    connect(m_window.get(), &ui::MainWindow::closing, this, &Studio::shutDown);
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (!m_library->changedElsewhere()) return;
        m_queue->refresh();
        m_shown->refresh();
    });
}

void Studio::connectShownClip() {
    connect(m_shown.get(), &ShownClip::clipShown, m_playback.get(), &Playback::setClip);
    connect(m_shown.get(), &ShownClip::hintChanged, m_clip, &ui::ClipView::setHint);
    connect(m_shown.get(), &ShownClip::compared, m_playback.get(), &Playback::compareWith);
    connect(m_shown.get(), &ShownClip::playRequested, m_playback.get(), &Playback::play);
    using Reuse = GenerationController::Reuse;
    const std::pair<const char*, Reuse> uses[] = {{"clip.useAll", Reuse::All},
                                                  {"clip.useAllButSeed", Reuse::AllButSeed},
                                                  {"clip.usePrompt", Reuse::Prompt},
                                                  {"clip.useSeed", Reuse::Seed}};
    for (const auto& [id, reuse] : uses)
        connect((*m_actions)[id], &QAction::triggered, this, [this, reuse = reuse] {
            if (const auto take = m_shown->findTake()) m_generation->use(*take, reuse);
        });
    connect((*m_actions)["queue.listen"], &QAction::triggered, m_preview.get(), &Preview::listen);
    connect(m_preview.get(), &Preview::audible, m_shown.get(), &ShownClip::showPreview);
    connect(m_preview.get(), &Preview::abandoned, m_shown.get(), &ShownClip::endPreview);
    connect(m_preview.get(), &Preview::failed, this, &Studio::showError);
}

void Studio::connectPanels() {
    connect(m_prompt, &ui::PromptPanel::musicChosen, m_parameters, &ui::ParametersPanel::setMusic);
    connect(m_prompt, &ui::PromptPanel::newPlanWanted, m_parameters, &ui::ParametersPanel::dropGivenPlan);
    connect(m_parameters, &ui::ParametersPanel::purposeChanged, m_prompt, &ui::PromptPanel::showPurpose);
    connect(m_parameters, &ui::ParametersPanel::purposeChanged, this, [this](const QString& verb) {
        if (verb.isEmpty()) return m_repaint->end();
        (*m_actions)["panel.parameters"]->setChecked(true); // it shows the range
    });
    connect(m_parameters, &ui::ParametersPanel::givenPlanChanged, m_prompt, &ui::PromptPanel::showKeptMusic);
    m_window->setHintMenu(m_prompt->startingPointsMenu());
}

void Studio::showNewTake(qlonglong take) {
    m_settings->setValue(timesKey, QString::fromStdString(m_times.toJson()));
    m_shown->takeMade(take);
    QApplication::alert(m_window.get());
    if (m_shown->take() != take) return;
    // A new clip begins at its start, not where the last one was left. A preview of it that plays goes on.
    if (!m_playback->playing()) m_playback->toStart();
    // If the user has only waited since Generate, Space is to play the clip, not to go on in the prompt.
    if (m_typing->endsUntouched()) m_clip->setFocus();
}

void Studio::connectFiles() {
    connect((*m_actions)["import"], &QAction::triggered, m_import.get(), &ImportController::ask);
    connect((*m_actions)["library.rebuild"], &QAction::triggered, m_import.get(), &ImportController::rebuild);
    connect(m_import.get(), &ImportController::changed, m_shown.get(), &ShownClip::refresh);
    connect(m_import.get(), &ImportController::takeRequested, m_shown.get(), &ShownClip::choose);
    connect(m_import.get(), &ImportController::settingsRequested, this,
            [this](const storage::Take& take) { m_generation->use(take, GenerationController::Reuse::All); });
    connect(m_import.get(), &ImportController::scoreRead, m_parameters, &ui::ParametersPanel::setScore);
    connect(m_takes.get(), &LibraryController::scoreExportRequested, m_export.get(), &ExportController::askScores);
    connect(m_tasks.get(), &LongTasks::failed, this, &Studio::showError);
    connect(m_takes.get(), &LibraryController::exportRequested, this, [this](const std::vector<std::int64_t>& takes) {
        const audio::FrameRange selection = m_clip->timeline().selection();
        const bool ofShown = takes.size() == 1 && takes.front() == m_shown->take() && !selection.empty();
        m_export->ask(takes, ofShown ? std::optional(selection) : std::nullopt);
    });
}

void Studio::connectDialogs() {
    connect(m_dialogs.get(), &Dialogs::modelChosen, this, [this](const ui::TokenCounter& tokens) {
        m_parameters->setModel(m_model);
        m_prompt->setTokenCounter(tokens);
        m_times.choose(m_model.folder.toStdString(), m_model.device.toStdString());
    });
    m_prompts->completeWords(ui::Preferences::load(*m_settings).complete);
    connect(m_dialogs.get(), &Dialogs::completionChosen, m_prompts.get(), &PromptController::completeWords);
    connect(m_playerBar, &ui::PlayerBar::deviceRequested, m_dialogs.get(), &Dialogs::showPreferences);
}

void Studio::connectDesktop() {
    m_desktop = std::make_unique<DesktopNotifications>();
    const auto idle = [this] { return m_queue->unfinished() == 0 || m_library->jobs().paused(); };
    const auto show = [this](const QString& title, const QString& text) { m_desktop->show(title, text); };
    m_doneNotice = std::make_unique<GenerationNotice>(
        GenerationNotice::Parts{*m_library, *m_window, *m_settings, *m_worker, idle, show});
    connect(m_desktop.get(), &DesktopNotifications::clicked, m_doneNotice.get(), &GenerationNotice::answerClick);
    connect(m_doneNotice.get(), &GenerationNotice::takeRequested, m_shown.get(), &ShownClip::choose);
}

void Studio::begin() {
    m_session->restore();
    m_window->show();
    m_prompt->focusPrompt();
    m_queue->begin();
    m_look.start();
    m_dialogs->checkOnFirstStart();
    QStringList problems;
    for (const base::Message& problem : m_library->problems())
        problems << ui::inUsersLanguage(problem);
    if (problems.isEmpty()) return;
    const QString lines = problems.join(QLatin1Char('\n'));
    if (m_library->wantsRebuild())
        m_window->notice().showError(lines, tr("Rebuild the library"), [this] { m_import->rebuild(); });
    else
        m_window->notice().showError(lines);
}

void Studio::open(const QStringList& files) {
    QStringList others;
    for (const QString& file : files) {
        const auto take = m_library->takes().findFile(QFileInfo(file).absoluteFilePath().toStdString());
        if (take)
            m_shown->choose(take->id);
        else
            others << file;
    }
    m_import->import(others);
}

void Studio::comeToFront(const QStringList& files) {
    bringToFront(*m_window);
    open(files);
}

void Studio::showError(const QString& line) {
    m_window->notice().showError(line);
}

void Studio::showModelError(const QString& why) {
    m_window->notice().showError(why, tr("Preferences…"), [this] { m_dialogs->showPreferences(); });
}

void Studio::shutDown() {
    if (!m_thread.isRunning()) return;
    m_look.stop();
    m_tasks->stopAll();
    m_playback->stop();
    m_generation->endEditing(); // the session keeps the draft, not the job
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
