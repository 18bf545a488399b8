#include "ui/queue/QueueModel.h"

#include "ui/Messages.h"

#include <QDataStream>
#include <QIODevice>
#include <QLocale>
#include <QMimeData>

namespace n2m::ui {

using storage::Job;
using storage::JobState;

namespace {

const QString jobsFormat = QStringLiteral("application/x-noise2music-jobs");

QString firstLine(const QString& text) {
    return text.section(QLatin1Char('\n'), 0, 0);
}

} // namespace

void QueueModel::setJobs(const std::vector<Job>& jobs) {
    const auto isThere = [&](std::int64_t id) {
        return std::any_of(jobs.begin(), jobs.end(), [id](const Job& job) { return job.id == id; });
    };
    for (int row = static_cast<int>(m_jobs.size()) - 1; row >= 0; --row) {
        if (isThere(m_jobs[static_cast<std::size_t>(row)].id)) continue;
        beginRemoveRows({}, row, row);
        m_jobs.erase(m_jobs.begin() + row);
        endRemoveRows();
    }
    // Queues have tens of rows, so the plain way is fast enough: put the right job into each place in turn.
    for (std::size_t place = 0; place < jobs.size(); ++place) {
        const auto at = m_jobs.begin() + static_cast<std::ptrdiff_t>(std::min(place, m_jobs.size()));
        const auto found = std::find_if(at, m_jobs.end(), [&](const Job& job) { return job.id == jobs[place].id; });
        const int row = static_cast<int>(place);
        if (found == m_jobs.end()) {
            beginInsertRows({}, row, row);
            m_jobs.insert(at, jobs[place]);
            endInsertRows();
        } else if (found != at) {
            const int from = static_cast<int>(found - m_jobs.begin());
            beginMoveRows({}, from, from, {}, row);
            std::rotate(at, found, found + 1);
            endMoveRows();
        }
        if (m_jobs[place] == jobs[place]) continue;
        m_jobs[place] = jobs[place];
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void QueueModel::setProgress(std::int64_t id, const QString& text, double fraction) {
    m_progressOf = id;
    m_progress = text;
    m_fraction = fraction;
    const QModelIndex changed = indexOf(id);
    if (changed.isValid()) Q_EMIT dataChanged(changed, changed, {StatusRole, FractionRole});
}

void QueueModel::setUnsaved(std::int64_t id, const QString& error) {
    m_unsaved = id;
    m_saveError = error;
    const QModelIndex changed = indexOf(id);
    if (changed.isValid()) Q_EMIT dataChanged(changed, changed);
}

bool QueueModel::isUnsaved(const Job& job) const {
    return job.id == m_unsaved && job.state == JobState::Running;
}

const Job& QueueModel::job(const QModelIndex& index) const {
    return m_jobs.at(static_cast<std::size_t>(index.row()));
}

QModelIndex QueueModel::indexOf(std::int64_t id) const {
    for (std::size_t row = 0; row < m_jobs.size(); ++row)
        if (m_jobs[row].id == id) return index(static_cast<int>(row));
    return {};
}

int QueueModel::count(JobState state) const {
    return static_cast<int>(
        std::count_if(m_jobs.begin(), m_jobs.end(), [state](const Job& job) { return job.state == state; }));
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Job& job = this->job(index);
    switch (role) {
    case Qt::DisplayRole:
    case PromptRole:
        return QString::fromStdString(job.prompt).simplified();
    case Qt::ToolTipRole:
        return QString::fromStdString(job.prompt);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(QString::fromStdString(job.prompt).simplified(), status(job));
    case IdRole:
        return static_cast<qlonglong>(job.id);
    case StateRole:
        return static_cast<int>(job.state);
    case SeedRole:
        return static_cast<qulonglong>(job.seed);
    case FractionRole:
        return job.state == JobState::Running && job.id == m_progressOf && !isUnsaved(job) ? m_fraction : -1.0;
    case StatusRole:
        return status(job);
    case UnsavedRole:
        return isUnsaved(job);
    case TakeRole:
        return static_cast<qlonglong>(job.take.value_or(0));
    default:
        return {};
    }
}

QString QueueModel::status(const Job& job) const {
    switch (job.state) {
    case JobState::Waiting:
        return tr("Waiting");
    case JobState::Running:
        if (isUnsaved(job)) return tr("Made, but not saved: %1").arg(m_saveError);
        return job.id == m_progressOf && !m_progress.isEmpty() ? m_progress : tr("Running");
    case JobState::Done: {
        const double seconds = static_cast<double>(job.finished - job.started) / 1000.0;
        return seconds > 0.0 ? tr("Done in %1 s").arg(QLocale().toString(seconds, 'f', seconds < 10.0 ? 1 : 0))
                             : tr("Done");
    }
    case JobState::Failed:
        return tr("Failed: %1").arg(firstLine(inUsersLanguage(job.error)));
    case JobState::Cancelled:
        return tr("Cancelled");
    case JobState::Interrupted:
        return tr("Interrupted: the program ended while it ran");
    }
    return {};
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (job(index).state == JobState::Waiting) flags |= Qt::ItemIsDragEnabled;
    return flags;
}

Qt::DropActions QueueModel::supportedDropActions() const {
    return Qt::MoveAction;
}

QStringList QueueModel::mimeTypes() const {
    return {jobsFormat};
}

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    QModelIndexList sorted = indexes;
    std::sort(sorted.begin(), sorted.end());
    for (const QModelIndex& index : sorted)
        stream << static_cast<qint64>(job(index).id);
    auto* data = new QMimeData;
    data->setData(jobsFormat, bytes);
    return data;
}

bool QueueModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int, int, const QModelIndex&) const {
    return action == Qt::MoveAction && data->hasFormat(jobsFormat);
}

bool QueueModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int, const QModelIndex& parent) {
    if (!canDropMimeData(data, action, row, 0, parent)) return false;
    QByteArray bytes = data->data(jobsFormat);
    QDataStream stream(&bytes, QIODevice::ReadOnly);
    std::vector<std::int64_t> ids;
    while (!stream.atEnd()) {
        qint64 id = 0;
        stream >> id;
        ids.push_back(id);
    }
    std::size_t place = m_jobs.size();
    if (row >= 0) place = static_cast<std::size_t>(row);
    if (row < 0 && parent.isValid()) place = static_cast<std::size_t>(parent.row());
    // In front of the first waiting job that is not itself being moved; past the waiting ones: at their end.
    std::int64_t before = 0;
    for (; place < m_jobs.size(); ++place) {
        const Job& job = m_jobs[place];
        if (job.state != JobState::Waiting && job.state != JobState::Running) break;
        if (job.state != JobState::Waiting || std::find(ids.begin(), ids.end(), job.id) != ids.end()) continue;
        before = job.id;
        break;
    }
    Q_EMIT moveRequested(ids, before);
    return true;
}

} // namespace n2m::ui
