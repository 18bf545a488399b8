#pragma once

#include "storage/Job.h"

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace n2m::ui {

/// The jobs of the queue as a list, in the order that it is given. Dragging waiting jobs to another place is a request:
/// the list changes with the next setJobs(). GUI thread.
class QueueModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole,
        StateRole,    ///< int of storage::JobState
        SeedRole,     ///< qulonglong
        FractionRole, ///< the share of a running job that is done, 0 … 1; −1 = not known
        StatusRole,   ///< one line: "Waiting", "Spectrogram, step 3 of 24, 12 s left", an error
        UnsavedRole,  ///< bool: its clip could not be saved
        TakeRole,     ///< qlonglong, 0 = none
        PromptRole
    };

    using QAbstractListModel::QAbstractListModel;

    /// Shows these jobs. Rows that stay keep their indexes, and so their selection.
    void setJobs(const std::vector<storage::Job>& jobs);
    /// Status line and share done of a running job.
    void setProgress(std::int64_t id, const QString& text, double fraction);

    /// Marks a running job whose clip is made, but could not be saved, and why; until it has another state.
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

Q_SIGNALS:
    /// The user has dragged waiting jobs in front of another waiting one; 0 = to the end.
    void moveRequested(const std::vector<std::int64_t>& jobs, std::int64_t before);

private:
    QString status(const storage::Job& job) const;

    std::vector<storage::Job> m_jobs;
    std::int64_t m_progressOf = 0;
    QString m_progress;
    double m_fraction = -1.0;
    std::int64_t m_unsaved = 0;
    QString m_saveError;
};

} // namespace n2m::ui
