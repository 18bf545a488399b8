#pragma once

#include "storage/TakeQuery.h"
#include "storage/TakeStore.h"

#include <QAbstractListModel>
#include <QCache>

#include <vector>

namespace n2m::ui {

/// The takes that a query finds, as a list of any length: it keeps their ids, and reads what is shown of them page by
/// page. GUI thread.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole,
        StarredRole, ///< bool
        RatingRole,  ///< int
        FactsRole,   ///< one line: "0:30 · 96 bpm · A minor"
        CreatedRole, ///< QDateTime
        TitleRole,   ///< the title if there is one, else the prompt
        IsPromptRole ///< bool: TitleRole is the prompt
    };

    /// `takes` must outlive it. Starts with all takes, newest first.
    explicit HistoryModel(const storage::TakeStore& takes, QObject* parent = nullptr);

    const storage::TakeQuery& query() const { return m_query; }
    /// Throws storage::LibraryError, as all that reads.
    void setQuery(const storage::TakeQuery& query);
    /// Looks again: takes may have come, gone or changed. Rows that stay keep their indexes where a few rows came or
    /// went; else the model is reset.
    void refresh();
    /// Looks again where only storage::Marks have changed: quicker, unless the query depends on them.
    void refreshMarks();

    std::int64_t idAt(const QModelIndex& index) const; ///< 0 = no such row
    QModelIndex indexOf(std::int64_t id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The files of the takes: permanent ones, whole, so that they may be dragged into another program.
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    Qt::DropActions supportedDragActions() const override;

    /// Its title, else its prompt, else the name of its file; one line.
    static QString titleOf(const storage::Take& take);
    /// "0:30 · 96 bpm · A minor".
    static QString factsLine(const storage::Take& take);

Q_SIGNALS:
    /// Some rows cannot be read, and say so; told once. Comes out of data(), and so while a view is painted: to be
    /// connected as queued.
    void unreadable(const QString& error) const;

private:
    struct Page {
        std::vector<storage::Take> takes;
        std::vector<std::int64_t> unreadable;
    };
    const Page& pageOf(int row) const;
    Page read(const std::vector<std::int64_t>& ids) const;
    const storage::Take* takeAt(int row) const;

    static constexpr int pageSize = 64, pagesKept = 32;
    const storage::TakeStore& m_takes;
    storage::TakeQuery m_query;
    std::vector<std::int64_t> m_ids;
    mutable QCache<int, Page> m_pages;
    mutable QString m_told; ///< of what is unreadable
};

} // namespace n2m::ui
