#pragma once

#include "engine/request/Request.h"
#include "storage/Take.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class NoticeBar;
class ParametersPanel;
class PromptPanel;
class QueuePanel;
} // namespace n2m::ui

namespace n2m::studio {

class QueueController;

/// Turns the settings in the panels into jobs of the queue, and puts the settings of takes and jobs back into the
/// panels. GUI thread.
class GenerationController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::PromptPanel& prompt;
        ui::ParametersPanel& parameters;
        ui::QueuePanel& queuePanel;
        ui::NoticeBar& notice;
        QueueController& queue;
        /// Called before the panels are read: takes over what is still being typed elsewhere. Throws
        /// std::invalid_argument, one line, where that is not valid.
        std::function<void()> settle;
    };
    explicit GenerationController(const Parts& parts, QObject* parent = nullptr);

    enum class Reuse { All, AllButSeed, Prompt, Seed };
    /// Puts settings of a take into the panels.
    void use(const storage::Take& take, Reuse what);
    /// Puts a request into the panels, in place of the user's draft.
    void show(const Request& request);
    /// Ends the editing of a waiting job, which stays as it is, or of a repaint; the draft comes back.
    void endEditing();
    /// Puts the settings of a take into the panels to repaint it between `from` and `to` seconds; without `to`, to
    /// extend it.
    void repaint(const storage::Take& take, double from, std::optional<double> to);

Q_SIGNALS:
    /// The settings in the panels were put into the queue.
    void queued();

private:
    Request requestOfPanels();
    void generate(bool front);
    void queue(Request request, bool front);
    void edit(qlonglong job);
    void leaveJob();
    void keepDraft();
    void restoreDraft();
    void fill(const Request& request);

    /// The user's prompts and settings while a job or a repaint is in the panels.
    struct Draft {
        QString prompt, negativePrompt, seed;
        Request settings; ///< its prompt is the one of its given plan
    };

    Parts m_parts;
    qlonglong m_editing = 0; ///< the waiting job in the panels; 0: none
    std::optional<Draft> m_draft;
};

} // namespace n2m::studio
