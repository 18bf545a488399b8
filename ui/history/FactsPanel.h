#pragma once

#include "storage/Take.h"

#include <QScrollArea>

#include <functional>
#include <map>
#include <optional>

class QBoxLayout;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace n2m::ui {

class Actions;
class RatingStars;

/// The facts of one take, and the user's title, rating, tags and notes. A receiver of a signal may throw: then the text
/// is kept, shown again with its take, and sent again when the take is left. GUI thread.
class FactsPanel : public QScrollArea {
    Q_OBJECT

public:
    explicit FactsPanel(Actions& actions, QWidget* parent = nullptr);

    /// Shows a take, whose `file` is absolute, or that none is chosen.
    void showTake(const std::optional<storage::Take>& take, const QString& file = {});
    std::int64_t take() const { return m_id; } ///< 0 = none
    QSize sizeHint() const override;

Q_SIGNALS:
    void titleChanged(qlonglong take, const QString& title);
    void tagsChanged(qlonglong take, const QStringList& tags);
    void notesChanged(qlonglong take, const QString& notes);
    void ratingChanged(qlonglong take, int rating);
    void notStored(const QString& error); ///< the user's text could not be stored

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* addFact(QFormLayout* form, const QString& name);
    /// Texts that could not be stored.
    struct Unstored {
        std::optional<QString> title, tags, notes;
    };
    void leave(); ///< before another take is shown
    void showUnstored();
    bool notesChangedHere() const; ///< against the stored ones
    void commitTitle();
    void commitTags();
    void commitNotes();
    bool stored(const std::function<void()>& tell);

    std::int64_t m_id = 0;
    QWidget *m_content, *m_nothing;
    QBoxLayout* m_columns; ///< one below the other in a narrow panel
    QFormLayout* m_own;    ///< the user's texts
    QLineEdit *m_title, *m_tags;
    QPlainTextEdit* m_notes;
    RatingStars* m_rating;
    QLabel *m_prompt, *m_negative, *m_seed, *m_music, *m_sound, *m_stages, *m_model, *m_created, *m_file;
    QString m_shownNotes;
    std::map<std::int64_t, Unstored> m_unstored; ///< by take; not of the one that is shown
};

} // namespace n2m::ui
