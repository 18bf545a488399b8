#pragma once

#include "storage/Take.h"

#include <QScrollArea>

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

/// What is known of one take, and what the user says about it: title, star, rating, tags, notes. GUI thread.
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

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* addFact(QFormLayout* form, const QString& name);
    void commitTitle();
    void commitTags();
    void commitNotes();

    std::int64_t m_id = 0;
    QWidget *m_content, *m_nothing;
    QBoxLayout* m_columns; ///< one below the other where it is narrow
    QFormLayout* m_own;    ///< the user's words
    QLineEdit *m_title, *m_tags;
    QPlainTextEdit* m_notes;
    RatingStars* m_rating;
    QLabel *m_prompt, *m_negative, *m_seed, *m_music, *m_sound, *m_stages, *m_model, *m_created, *m_file;
    QString m_shownNotes;
};

} // namespace n2m::ui
