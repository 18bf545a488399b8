#pragma once

#include "storage/MarkStore.h"

#include <QDialog>

#include <string>
#include <vector>

class QLineEdit;
class QListWidget;

namespace n2m::ui {

/// Edits the tags of clips: a tick per tag of the library, a half one if only some of the clips have it, and a field
/// for new tags. A half tick changes nothing. GUI thread.
class TagsDialog : public QDialog {
    Q_OBJECT

public:
    /// `clips`: the number of clips; `theirs`: their tags; `all`: the library's.
    TagsDialog(int clips, const std::vector<storage::TagCount>& theirs, const std::vector<storage::TagCount>& all,
               QWidget* parent = nullptr);

    /// Tags to add to all of the clips.
    std::vector<std::string> added() const;
    /// Tags to remove from all of the clips.
    std::vector<std::string> removed() const;

private:
    void addRow(const QString& tag, Qt::CheckState state);
    void takeNew();
    std::vector<std::string> turned(Qt::CheckState to) const;

    QLineEdit* m_new;
    QListWidget* m_list;
};

} // namespace n2m::ui
