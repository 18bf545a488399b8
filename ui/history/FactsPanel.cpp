#include "ui/history/FactsPanel.h"

#include "ui/Messages.h"
#include "ui/ModelFacts.h"
#include "ui/Numbers.h"
#include "ui/actions/Actions.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Label.h"
#include "ui/widgets/RatingStars.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QPlainTextEdit>

#include <nlohmann/json.hpp>

#include <utility>

namespace n2m::ui {
namespace {

constexpr int leastForColumns = 420; // pixels
constexpr double tenth = 0.1;        // of a second: the precision of times

using Json = nlohmann::json;

QString text(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

/// "Spectrogram: 24 steps, DPM++ 2M, uniform, guidance 2.5": a stage of a recipe.
QString stageLine(const Json& stage) {
    const auto number = [&stage](const char* name) {
        const auto found = stage.find(name);
        return found != stage.end() && found->is_number() ? QLocale().toString(found->get<double>(), 'g', 6)
                                                          : QString();
    };
    QStringList parts;
    if (const QString steps = number("steps"); !steps.isEmpty())
        parts << (steps == QLatin1String("1") ? FactsPanel::tr("1 step") : FactsPanel::tr("%1 steps").arg(steps));
    if (const QString sampler = text(stage, "sampler"); !sampler.isEmpty()) parts << samplerTitle(sampler);
    if (const QString schedule = text(stage, "schedule"); !schedule.isEmpty()) parts << schedule;
    const std::pair<const char*, QString> settings[] = {{"guidance", FactsPanel::tr("guidance %1")},
                                                        {"planGuidance", FactsPanel::tr("plan guidance %1")},
                                                        {"temperature", FactsPanel::tr("temperature %1")},
                                                        {"gamma", FactsPanel::tr("gamma %1")}};
    for (const auto& [name, pattern] : settings)
        if (const QString value = number(name); !value.isEmpty()) parts << pattern.arg(value);
    const QString title = stageTitle(text(stage, "stage"));
    return parts.isEmpty()
               ? title
               : FactsPanel::tr("%1: %2", "a stage and how it worked").arg(title, parts.join(QStringLiteral(", ")));
}

/// The clip that a repaint kept the rest of; empty without a repaint.
QString originalOf(const Json& recipe) {
    const auto repaint = recipe.find("repaint");
    if (repaint == recipe.end() || !repaint->is_object()) return {};
    const auto time = [&repaint](const char* name) {
        const auto found = repaint->find(name);
        return timeText(found != repaint->end() && found->is_number() ? found->get<double>() : 0.0, tenth);
    };
    return FactsPanel::tr("%1 to %2 repainted, the rest from %3")
        .arg(time("from"), time("to"), QFileInfo(text(*repaint, "file")).completeBaseName());
}

/// A line for each stage of a recipe.
QString stagesOf(const Json& recipe) {
    QStringList lines;
    const auto stages = recipe.find("stages");
    if (stages != recipe.end() && stages->is_array())
        for (const Json& stage : *stages)
            if (stage.is_object()) lines << stageLine(stage);
    return lines.join(QLatin1Char('\n'));
}

/// The model of a recipe: "Noise2Music (0123…), on cpu, bfloat16, version 1.0".
QString modelOf(const Json& recipe) {
    QStringList parts;
    if (const auto bundle = recipe.find("bundle"); bundle != recipe.end() && bundle->is_object())
        parts << QStringLiteral("%1 (%2)").arg(text(*bundle, "name"), text(*bundle, "hash"));
    const QString device = text(recipe, "device"), type = text(recipe, "computeType");
    if (!device.isEmpty()) parts << FactsPanel::tr("on %1, %2", "a device and its type of numbers").arg(device, type);
    if (const auto version = text(recipe, "version"); !version.isEmpty())
        parts << FactsPanel::tr("version %1").arg(version);
    return parts.join(QStringLiteral(", "));
}

} // namespace

FactsPanel::FactsPanel(Actions& actions, QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget)
    , m_nothing(new QLabel(tr("Choose a clip in the history to see how it was made.")))
    , m_title(new QLineEdit)
    , m_tags(new QLineEdit)
    , m_notes(new QPlainTextEdit)
    , m_rating(new RatingStars) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_title->setObjectName("title");
    m_title->setPlaceholderText(tr("Untitled"));
    m_title->setAccessibleName(tr("Title"));
    m_tags->setObjectName("tags");
    m_tags->setPlaceholderText(tr("slow, film"));
    m_tags->setAccessibleName(tr("Tags, separated by commas"));
    m_notes->setObjectName("notes");
    m_notes->setAccessibleName(tr("Notes"));
    m_notes->setPlaceholderText(tr("Notes"));
    m_notes->setTabChangesFocus(true);
    m_notes->setFixedHeight(52);
    m_notes->installEventFilter(this);

    // The user's texts to the left, the facts to the right.
    auto* own = new QFormLayout;
    own->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    own->setVerticalSpacing(5);
    own->addRow(tr("Title"), m_title);
    own->addRow(tr("Rating"), m_rating);
    own->addRow(tr("Tags"), m_tags);
    own->addRow(tr("Notes"), m_notes);
    auto* facts = new QFormLayout;
    facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    facts->setVerticalSpacing(3);
    m_prompt = addFact(facts, tr("Prompt"));
    m_negative = addFact(facts, tr("Negative"));
    m_seed = addFact(facts, tr("Seed"));
    m_music = addFact(facts, tr("Music"));
    m_sound = addFact(facts, tr("Sound"));
    m_sound->setObjectName("factSound");
    m_stages = addFact(facts, tr("Stages"));
    m_stages->setObjectName("factStages");
    m_created = addFact(facts, tr("Made"));
    m_model = addFact(facts, tr("Model"));
    m_file = addFact(facts, tr("File"));

    auto* columns = m_columns = new QBoxLayout(QBoxLayout::LeftToRight, m_content);
    columns->setContentsMargins(10, 8, 10, 8);
    columns->setSpacing(18);
    const auto addColumn = [columns](QFormLayout* form, int stretch) {
        auto* column = new QVBoxLayout;
        column->addLayout(form);
        column->addStretch(1); // instead of the stars, which could grow, too
        columns->addLayout(column, stretch);
    };
    addColumn(own, 2);
    m_own = own;
    addColumn(facts, 3);
    auto* buttons = new QVBoxLayout;
    for (const char* id : {"clip.showInFolder", "clip.verify", "clip.export"}) {
        auto* button = new QToolButton;
        button->setDefaultAction(actions[id]);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    columns->addLayout(buttons);
    auto* both = new QWidget;
    auto* layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    m_nothing->setProperty("dimmed", true);
    static_cast<QLabel*>(m_nothing)->setAlignment(Qt::AlignCenter);
    static_cast<QLabel*>(m_nothing)->setWordWrap(true);
    layout->addWidget(m_nothing, 1);
    layout->addWidget(m_content, 1);
    setWidget(both);

    connect(m_title, &QLineEdit::editingFinished, this, &FactsPanel::commitTitle);
    connect(m_tags, &QLineEdit::editingFinished, this, &FactsPanel::commitTags);
    connect(m_rating, &RatingStars::chosen, this, [this](int rating) {
        if (m_id != 0) Q_EMIT ratingChanged(m_id, rating);
    });
    showTake(std::nullopt);
}

void FactsPanel::resizeEvent(QResizeEvent* event) {
    m_columns->setDirection(width() < leastForColumns ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QScrollArea::resizeEvent(event);
}

QSize FactsPanel::sizeHint() const {
    // The fields in full; the facts may be scrolled to.
    const QMargins margins = m_content->layout()->contentsMargins();
    return {QScrollArea::sizeHint().width(), m_own->sizeHint().height() + margins.top() + margins.bottom()};
}

QLabel* FactsPanel::addFact(QFormLayout* form, const QString& name) {
    auto* value = new QLabel;
    value->setWordWrap(true);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(name);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* label = dimmedLabel(name);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    form->addRow(label, value);
    return value;
}

void FactsPanel::showTake(const std::optional<storage::Take>& take, const QString& file) {
    if (m_id != 0 && (!take || take->id != m_id)) leave();
    const bool same = take && take->id == m_id;
    m_id = take ? take->id : 0;
    m_nothing->setVisible(!take);
    m_content->setVisible(take.has_value());
    if (!take) return;
    const auto text = [](const std::string& value) { return QString::fromStdString(value); };
    // A refresh does not overwrite text that the user is writing or that could not be stored.
    if (!same || !(m_title->hasFocus() || m_title->isModified())) m_title->setText(text(take->title));
    if (!same || !(m_tags->hasFocus() || m_tags->isModified())) {
        QStringList tags;
        for (const std::string& tag : take->tags)
            tags << text(tag);
        m_tags->setText(tags.join(QStringLiteral(", ")));
    }
    if (!same || !(m_notes->hasFocus() || notesChangedHere())) {
        m_shownNotes = text(take->notes);
        m_notes->setPlainText(m_shownNotes);
    }
    if (!same) showUnstored();
    m_rating->setRating(take->rating);
    const QString none = QStringLiteral("–");
    m_prompt->setText(take->prompt.empty() ? none : text(take->prompt));
    m_negative->setText(take->negativePrompt.empty() ? none : text(take->negativePrompt));
    m_seed->setText(take->origin == storage::Origin::Imported && take->recipe.empty() ? none
                                                                                      : QString::number(take->seed));
    QStringList music;
    if (take->bpm > 0.0) music << tr("%1 bpm").arg(QLocale().toString(take->bpm, 'f', 1));
    if (!take->key.empty()) music << text(take->key);
    if (!take->chords.empty()) music << text(take->chords);
    m_music->setText(music.isEmpty() ? none : music.join(QStringLiteral(", ")));
    const auto recipe = Json::parse(take->recipe, nullptr, false); // not an object without a recipe
    QStringList sound(tr("%1 s, %2 Hz, %3")
                          .arg(QLocale().toString(take->seconds, 'f', 2))
                          .arg(take->sampleRate)
                          .arg(take->channels == 1   ? tr("mono")
                               : take->channels == 2 ? tr("stereo")
                                                     : tr("%1 channels").arg(take->channels)));
    if (const QString original = recipe.is_object() ? originalOf(recipe) : QString(); !original.isEmpty())
        sound << original;
    m_sound->setText(sound.join(QLatin1Char('\n')));
    const QDateTime created = QDateTime::fromMSecsSinceEpoch(take->created);
    m_created->setText(tr("%1, %2", "a date and a time")
                           .arg(QLocale().toString(created.date(), QLocale::LongFormat),
                                QLocale().toString(created.time(), QStringLiteral("HH:mm"))));
    const QString stages = recipe.is_object() ? stagesOf(recipe) : QString();
    const QString model = recipe.is_object() ? modelOf(recipe) : QString();
    m_stages->setText(stages.isEmpty() ? none : stages);
    m_model->setText(model.isEmpty() ? none : model);
    m_file->setText(QFileInfo(file).fileName());
    m_file->setToolTip(file);
}

void FactsPanel::leave() {
    commitTitle(); // the text belongs to the take that is left
    commitTags();
    commitNotes();
    Unstored left;
    if (m_title->isModified()) left.title = m_title->text();
    if (m_tags->isModified()) left.tags = m_tags->text();
    if (notesChangedHere()) left.notes = m_notes->toPlainText();
    if (left.title || left.tags || left.notes) m_unstored[m_id] = left;
}

void FactsPanel::showUnstored() {
    const auto found = m_unstored.extract(m_id);
    if (found.empty()) return;
    const auto show = [](QLineEdit* field, const std::optional<QString>& words) {
        if (!words) return;
        field->setText(*words);
        field->setModified(true);
    };
    show(m_title, found.mapped().title);
    show(m_tags, found.mapped().tags);
    if (found.mapped().notes) m_notes->setPlainText(*found.mapped().notes);
}

bool FactsPanel::notesChangedHere() const {
    return m_notes->toPlainText() != m_shownNotes;
}

void FactsPanel::commitTitle() {
    if (m_id == 0 || !m_title->isModified()) return;
    m_title->setModified(false); // first: the receiver may show another take
    if (!stored([this] { Q_EMIT titleChanged(m_id, m_title->text().trimmed()); })) m_title->setModified(true);
}

void FactsPanel::commitTags() {
    if (m_id == 0 || !m_tags->isModified()) return;
    m_tags->setModified(false);
    QStringList tags;
    for (const QString& tag : m_tags->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!tag.trimmed().isEmpty()) tags << tag.trimmed();
    if (!stored([&] { Q_EMIT tagsChanged(m_id, tags); })) m_tags->setModified(true);
}

void FactsPanel::commitNotes() {
    if (m_id == 0 || !notesChangedHere()) return;
    const QString notes = m_notes->toPlainText(), before = std::exchange(m_shownNotes, notes);
    if (!stored([&] { Q_EMIT notesChanged(m_id, notes); })) m_shownNotes = before;
}

bool FactsPanel::stored(const std::function<void()>& tell) {
    const std::int64_t id = m_id;
    try {
        tell();
        return true;
    } catch (const std::exception& error) {
        Q_EMIT notStored(inUsersLanguage(error));
        return m_id != id; // another take is shown by now; its texts stay as they are
    }
}

bool FactsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_notes && event->type() == QEvent::FocusOut) commitNotes();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace n2m::ui
