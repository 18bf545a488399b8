#include "app/studio/GenerationNotice.h"

#include "app/studio/GenerationWorker.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/settings/Preferences.h"

#include <QApplication>
#include <QSettings>
#include <QWindow>

#include <utility>

namespace n2m::studio {
namespace {

constexpr int lull = 300;        // milliseconds without another job, after which the queue counts as done
constexpr int longestText = 120; // characters of a prompt

QString shortened(const QString& text) {
    const QString line = text.simplified();
    return line.size() <= longestText ? line : line.left(longestText).trimmed() + QStringLiteral("…");
}

} // namespace

GenerationNotice::GenerationNotice(Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    const GenerationWorker* worker = &m_parts.worker;
    connect(worker, &GenerationWorker::started, &m_lull, &QTimer::stop);
    connect(worker, &GenerationWorker::finished, this, [this](qlonglong, qlonglong take) {
        if (QApplication::activeWindow()) return; // the user sees it
        ++m_made;
        m_last = take;
        m_lull.start();
    });
    connect(worker, &GenerationWorker::cancelled, &m_lull, qOverload<>(&QTimer::start));
    connect(worker, &GenerationWorker::failed, this,
            [this](qlonglong, const base::Message& error) { notifyOfFailure(tr("A clip could not be made"), error); });
    connect(worker, &GenerationWorker::saveFailed, this,
            [this](qlonglong, const base::Message& error) { notifyOfFailure(tr("A clip could not be saved"), error); });
    m_lull.setSingleShot(true);
    m_lull.setInterval(lull);
    connect(&m_lull, &QTimer::timeout, this, &GenerationNotice::notifyIfDone);
    connect(qApp, &QGuiApplication::focusWindowChanged, this, [this](const QWindow* window) {
        if (window) m_made = m_failed = 0; // the user sees the results
    });
}

void GenerationNotice::notifyIfDone() {
    if (!m_parts.idle()) return;
    const int made = std::exchange(m_made, 0), failed = std::exchange(m_failed, 0);
    if (made == 0) return;
    const auto take = m_parts.library.takes().find(m_last);
    // It replaces the one before, which may have been about a failure.
    notify(failed > 0  ? tr("Clips done: %1, failed: %2").arg(made).arg(failed)
           : made == 1 ? tr("The clip is done")
                       : tr("%1 clips are done").arg(made),
           take ? QString::fromStdString(take->prompt) : QString());
}

void GenerationNotice::notifyOfFailure(const QString& title, const base::Message& error) {
    ++m_failed;
    m_lull.start();
    if (!QApplication::activeWindow()) QApplication::alert(&m_parts.window);
    notify(title, ui::inUsersLanguage(error));
}

void GenerationNotice::notify(const QString& title, const QString& text) {
    if (!QApplication::activeWindow() && ui::Preferences::load(m_parts.settings).notify)
        m_parts.show(title, shortened(text));
}

void bringToFront(QWidget& window) {
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

void GenerationNotice::answerClick() {
    bringToFront(m_parts.window);
    if (m_last != 0) Q_EMIT takeRequested(m_last);
}

} // namespace n2m::studio
