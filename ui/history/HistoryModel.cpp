#include "ui/history/HistoryModel.h"

#include "storage/LibraryError.h"
#include "ui/Messages.h"
#include "ui/Numbers.h"

#include <QDateTime>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

#include <cmath>

namespace n2m::ui {

using storage::Take;

namespace {

constexpr std::size_t mostSingleChanges = 200; // with more rows that came or went, a reset is quicker

/// The first id that was there before, if it is near the front. Looking further would compare every id of two long
/// lists.
std::vector<std::int64_t>::const_iterator firstKnown(const std::vector<std::int64_t>& ids,
                                                     const std::vector<std::int64_t>& before) {
    const auto near = ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), mostSingleChanges + 1));
    const auto found = std::find_first_of(ids.begin(), near, before.begin(), before.end());
    return found == near ? ids.end() : found;
}

} // namespace

HistoryModel::HistoryModel(const storage::TakeStore& takes, QObject* parent)
    : QAbstractListModel(parent)
    , m_takes(takes)
    , m_ids(takes.ids())
    , m_pages(pagesKept) {}

void HistoryModel::setQuery(const storage::TakeQuery& query) {
    std::vector<std::int64_t> ids = m_takes.ids(query); // may throw, so before any change
    beginResetModel();
    m_query = query;
    m_ids = std::move(ids);
    m_pages.clear();
    endResetModel();
}

void HistoryModel::refresh() {
    const std::vector<std::int64_t> ids = m_takes.ids(m_query);
    m_pages.clear();
    // A few rows came in front or went: views that are told exactly that keep place and selection.
    std::vector<int> gone;
    std::size_t added = 0;
    const auto firstOld = firstKnown(ids, m_ids);
    if (ids.size() <= m_ids.size() + mostSingleChanges && m_ids.size() <= ids.size() + mostSingleChanges) {
        added = static_cast<std::size_t>(firstOld - ids.begin());
        auto next = firstOld;
        for (std::size_t row = 0; row < m_ids.size(); ++row) {
            if (next != ids.end() && *next == m_ids[row])
                ++next;
            else
                gone.push_back(static_cast<int>(row));
        }
        if (next == ids.end() && gone.size() <= mostSingleChanges && added <= mostSingleChanges) {
            for (auto row = gone.rbegin(); row != gone.rend(); ++row) {
                beginRemoveRows({}, *row, *row);
                m_ids.erase(m_ids.begin() + *row);
                m_pages.clear(); // each time: a listener may have read rows in between
                endRemoveRows();
            }
            if (added > 0) {
                beginInsertRows({}, 0, static_cast<int>(added) - 1);
                m_ids.insert(m_ids.begin(), ids.begin(), firstOld);
                m_pages.clear();
                endInsertRows();
            }
            if (!m_ids.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
            return;
        }
    }
    beginResetModel();
    m_ids = ids;
    m_pages.clear();
    endResetModel();
}

void HistoryModel::refreshMarks() {
    if (m_query.dependsOnMarks()) return refresh();
    m_pages.clear();
    if (!m_ids.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

std::int64_t HistoryModel::idAt(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= rowCount()) return 0;
    return m_ids[static_cast<std::size_t>(index.row())];
}

QModelIndex HistoryModel::indexOf(std::int64_t id) const {
    const auto found = std::find(m_ids.begin(), m_ids.end(), id);
    return found == m_ids.end() ? QModelIndex() : index(static_cast<int>(found - m_ids.begin()));
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

const HistoryModel::Page& HistoryModel::pageOf(int row) const {
    const int number = row / pageSize;
    if (const Page* page = m_pages.object(number)) return *page;
    const auto first = m_ids.begin() + number * pageSize;
    const auto last = m_ids.begin() + std::min<std::ptrdiff_t>((number + 1) * pageSize, std::ssize(m_ids));
    auto* page = new Page(read({first, last}));
    m_pages.insert(number, page);
    return *page;
}

HistoryModel::Page HistoryModel::read(const std::vector<std::int64_t>& ids) const {
    QString error; // not thrown: an exception in a view's paintEvent() makes Qt paint over and over
    try {
        return {m_takes.page(ids), {}};
    } catch (const storage::LibraryError& problem) {
        error = inUsersLanguage(problem);
    }
    Page page;
    for (const std::int64_t id : ids) // most of them can be read, as a rule
        try {
            for (Take& take : m_takes.page({id}))
                page.takes.push_back(std::move(take));
        } catch (const storage::LibraryError&) {
            page.unreadable.push_back(id);
        }
    if (m_told != error) Q_EMIT unreadable(m_told = error);
    return page;
}

const Take* HistoryModel::takeAt(int row) const {
    const std::vector<Take>& takes = pageOf(row).takes;
    // Another program may have removed some of them, so they are looked up by their ids.
    const std::int64_t id = m_ids[static_cast<std::size_t>(row)];
    const auto found = std::find_if(takes.begin(), takes.end(), [id](const Take& take) { return take.id == id; });
    return found == takes.end() ? nullptr : &*found;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (role == IdRole) return static_cast<qlonglong>(idAt(index));
    const Take* take = takeAt(index.row());
    if (!take) {
        if (role != Qt::DisplayRole && role != TitleRole && role != Qt::AccessibleTextRole) return {};
        const auto& unreadable = pageOf(index.row()).unreadable;
        const bool broken = std::find(unreadable.begin(), unreadable.end(), idAt(index)) != unreadable.end();
        return broken ? tr("(cannot be read)") : tr("(removed)");
    }
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return titleOf(*take);
    case Qt::ToolTipRole:
        return QString::fromStdString(take->prompt);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3")
            .arg(data(index, TitleRole).toString(), factsLine(*take),
                 take->starred ? tr("starred") : tr("not starred"));
    case IsPromptRole:
        return take->title.empty();
    case StarredRole:
        return take->starred;
    case RatingRole:
        return take->rating;
    case FactsRole:
        return factsLine(*take);
    case CreatedRole:
        return QDateTime::fromMSecsSinceEpoch(take->created);
    default:
        return {};
    }
}

QString HistoryModel::titleOf(const Take& take) {
    const QString text = QString::fromStdString(take.title.empty() ? take.prompt : take.title).simplified();
    return text.isEmpty() ? QString::fromStdString(take.file.filename().string()) : text;
}

QString HistoryModel::factsLine(const Take& take) {
    QStringList facts{timeText(take.seconds, 1.0)};
    if (take.bpm > 0.0) facts << tr("%1 bpm").arg(QLocale().toString(std::round(take.bpm)));
    if (!take.key.empty()) facts << QString::fromStdString(take.key);
    if (take.origin == storage::Origin::Imported) facts << tr("imported");
    return facts.join(QStringLiteral(" · "));
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList HistoryModel::mimeTypes() const {
    return {QStringLiteral("text/uri-list")};
}

QMimeData* HistoryModel::mimeData(const QModelIndexList& indexes) const {
    QList<QUrl> urls;
    for (const QModelIndex& index : indexes)
        if (const Take* take = takeAt(index.row()))
            urls << QUrl::fromLocalFile(QString::fromStdString(m_takes.pathOf(*take).string()));
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

Qt::DropActions HistoryModel::supportedDragActions() const {
    return Qt::CopyAction;
}

} // namespace n2m::ui
