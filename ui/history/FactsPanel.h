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

/// What is known of one take, and what the user says about it: title, star, rating, tags, notes. What he has written is
/// his: where whoever hears of it throws, it stays, is there again with its take, and is told again when it is left.
/// GUI thread.
class FactsPanel : public QScrollArea {
    Q_OBJECT

public:
    explicit FactsPanel(Actions& actions, QWidget* parent = nullptr);

    /// `file` is absolute. Nothing: no take is chosen.
    void showTake(const std::optional<storage::Take>& take, const QString& file = {});
    std::int64_t take() const { return m_id; } ///< 0 = none
    QSize sizeHint() const override;

Q_SIGNALS:
    void titleChanged(qlonglong take, const QString& title);
    void tagsChanged(qlonglong take, const QStringList& tags);
    void notesChanged(qlonglong take, const QString& notes);
    void ratingChanged(qlonglong take, int rating);
    void notStored(const QString& error); ///< something that was written

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* addFact(QFormLayout* form, const QString& name);
    /// Words that could not be stored.
    struct Unstored {
        std::optional<QString> title, tags, notes;
    };
    void leave(); ///< the take that is shown
    void showUnstored();
    bool writtenNotes() const; ///< other ones than are stored
    void commitTitle();
    void commitTags();
    void commitNotes();
    bool stored(const std::function<void()>& tell);

    std::int64_t m_id = 0;
    QWidget *m_content, *m_nothing;
    QBoxLayout* m_columns; ///< one below the other where it is narrow
    QFormLayout* m_own;    ///< the user's words
    QLineEdit *m_title, *m_tags;
    QPlainTextEdit* m_notes;
    RatingStars* m_rating;
    QLabel *m_prompt, *m_negative, *m_seed, *m_music, *m_sound, *m_stages, *m_model, *m_created, *m_file;
    QString m_shownNotes;
    std::map<std::int64_t, Unstored> m_unstored; ///< of the takes that are not shown
};

} // namespace n2m::ui
