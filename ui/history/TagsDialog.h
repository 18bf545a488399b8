#pragma once

#include "storage/MarkStore.h"

#include <QDialog>

#include <string>
#include <vector>

class QLineEdit;
class QListWidget;

namespace n2m::ui {

/// The tags of one clip or of several: all tags of the library with a tick, a half one where only some of the clips
/// have it, and a field for new ones. What is left half stays as it is with each clip. GUI thread.
class TagsDialog : public QDialog {
    Q_OBJECT

public:
    /// How many clips it is about, the tags that they have, and all of the library.
    TagsDialog(int clips, const std::vector<storage::TagCount>& theirs, const std::vector<storage::TagCount>& all,
               QWidget* parent = nullptr);

    /// Tags that all of the clips are to have, and not all had.
    std::vector<std::string> added() const;
    /// Tags that some of the clips had, and none is to have.
    std::vector<std::string> removed() const;

private:
    void addRow(const QString& tag, Qt::CheckState state);
    void takeNew();
    std::vector<std::string> turned(Qt::CheckState to) const;

    QLineEdit* m_new;
    QListWidget* m_list;
};

} // namespace n2m::ui
