#pragma once

#include "storage/Job.h"
#include "storage/JobStore.h"

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace n2m::ui {

/// The queue as a list: what runs, what waits in its order, what was interrupted, what is finished. Waiting jobs can be
/// dragged to another place. GUI thread.
class QueueModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole,
        StateRole,    ///< int of storage::JobState
        SeedRole,     ///< qulonglong
        FractionRole, ///< how much of a running job is done, 0 … 1; −1 = not known
        StatusRole,   ///< one line: "Waiting", "Spectrogram, step 3 of 24, 12 s left", an error
        UnsavedRole,  ///< bool: its clip could not be saved
        TakeRole,     ///< qlonglong, 0 = none
        PromptRole
    };

    /// `jobs` must outlive it.
    explicit QueueModel(storage::JobStore& jobs, QObject* parent = nullptr);

    /// Reads the queue again. Rows that stay keep their indexes, and so their selection.
    void reload();
    /// What is known of a running job.
    void setProgress(std::int64_t id, const QString& text, double fraction);

    /// A running job whose clip is made, but could not be saved, and why; until it has another state.
    void setUnsaved(std::int64_t id, const QString& error);
    bool isUnsaved(const storage::Job& job) const;

    const storage::Job& job(const QModelIndex& index) const;
    QModelIndex indexOf(std::int64_t id) const;
    int count(storage::JobState state) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

private:
    QString status(const storage::Job& job) const;

    storage::JobStore& m_store;
    std::vector<storage::Job> m_jobs;
    std::int64_t m_progressOf = 0;
    QString m_progress;
    double m_fraction = -1.0;
    std::int64_t m_unsaved = 0;
    QString m_saveError;
};

} // namespace n2m::ui
