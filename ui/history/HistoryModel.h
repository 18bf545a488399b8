#pragma once

#include "storage/TakeQuery.h"
#include "storage/TakeStore.h"

#include <QAbstractListModel>
#include <QCache>

#include <vector>

namespace n2m::ui {

/// The takes that a query finds, as a list of any length. It keeps their ids and reads shown rows page by page. GUI
/// thread.
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
    /// Throws storage::LibraryError, as every reading call does.
    void setQuery(const storage::TakeQuery& query);
    /// Runs the query again, after takes came, went or changed. If few rows came or went, the others keep their
    /// indexes; else the model is reset.
    void refresh();
    /// Does the same after a change of storage::Marks alone: quicker, unless the query depends on them.
    void refreshMarks();

    std::int64_t idAt(const QModelIndex& index) const; ///< 0 = no such row
    QModelIndex indexOf(std::int64_t id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The takes' own files, so that they can be dragged into another program.
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    Qt::DropActions supportedDragActions() const override;

    /// A take's title, else its prompt, else the name of its file; one line.
    static QString titleOf(const storage::Take& take);
    /// Length, tempo and key: "0:30 · 96 bpm · A minor".
    static QString factsLine(const storage::Take& take);

Q_SIGNALS:
    /// Some rows cannot be read; each error is sent once. Connect it as queued: it is sent by data(), while a view is
    /// painted.
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
    mutable QString m_told; ///< the last error of unreadable()
};

} // namespace n2m::ui
