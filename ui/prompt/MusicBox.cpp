#include "ui/prompt/MusicBox.h"

#include "engine/plan/Harmony.h"
#include "ui/Messages.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Form.h"
#include "ui/widgets/Label.h"
#include "ui/widgets/OptionalSpin.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <stdexcept>

namespace n2m::ui {
namespace {

constexpr double slowestBpm = 30.0, fastestBpm = 300.0; // as in Request::validate()

QStringList commonKeys() {
    QStringList keys;
    for (const bool minor : {false, true})
        for (int tonic = 0; tonic < 12; ++tonic)
            keys << QString::fromStdString(plan::toString(plan::Key{tonic, minor}));
    return keys;
}

} // namespace

MusicBox::MusicBox(QWidget* parent)
    : QWidget(parent)
    , m_plan(new QCheckBox(tr("Plan the music first")))
    , m_bpm(new OptionalSpin(slowestBpm, fastestBpm, 1.0, 1))
    , m_key(new QComboBox)
    , m_chords(new QLineEdit)
    , m_problem(new QLabel)
    , m_givenText(new QLabel)
    , m_given(makeGiven()) {
    m_bpm->setObjectName("bpm");
    m_bpm->setAccessibleName(tr("Tempo in beats per minute"));
    m_bpm->setSuffix(tr(" bpm", "beats per minute"));
    m_bpm->setFallback(tr("from the prompt"), 120.0);
    m_key->setObjectName("key");
    m_key->setEditable(true);
    m_key->setInsertPolicy(QComboBox::NoInsert);
    m_key->setAccessibleName(tr("Key"));
    m_key->addItems(commonKeys());
    m_key->setCurrentIndex(-1);
    m_key->setEditText({});
    m_key->lineEdit()->setPlaceholderText(tr("from the prompt"));
    m_bpm->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_key->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_key->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chords->setObjectName("chords");
    m_chords->setAccessibleName(tr("Chords"));
    m_chords->setPlaceholderText(tr("from the prompt"));
    m_chords->setToolTip(tr("One chord per bar, repeated: Am F C G. With bar lines, several per bar: Am F | C G"));
    m_plan->setObjectName("plan");
    m_plan->setChecked(true);
    m_plan->setToolTip(tr("Tempo, key, chords and form are decided before the sound. Without it, the model works from "
                          "the text alone."));
    m_problem->setProperty("state", "bad");
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(headingLabel(tr("Music")));
    layout->addWidget(m_given);
    auto* form = makeForm();
    form->addRow(fieldLabel(tr("&Tempo"), m_bpm), m_bpm);
    form->addRow(fieldLabel(tr("&Key"), m_key), m_key);
    form->addRow(fieldLabel(tr("Ch&ords"), m_chords), m_chords);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(m_plan);
    connect(m_key, &QComboBox::editTextChanged, this, &MusicBox::check);
    connect(m_chords, &QLineEdit::textChanged, this, &MusicBox::check);
    connect(m_plan, &QCheckBox::toggled, this, &MusicBox::showGivenPlan);
}

QWidget* MusicBox::makeGiven() {
    auto* drop = new QToolButton;
    drop->setIcon(icon("cancel"));
    drop->setIconSize(QSize(12, 12));
    drop->setAccessibleName(tr("Make a new plan"));
    drop->setToolTip(tr("Drop this plan and make a new one"));
    m_givenText->setWordWrap(true);
    auto* given = new QWidget;
    auto* layout = new QHBoxLayout(given);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_givenText, 1);
    layout->addWidget(drop, 0, Qt::AlignTop);
    given->hide();
    connect(drop, &QToolButton::clicked, this, &MusicBox::dropGivenPlan);
    return given;
}

void MusicBox::clear(Request& request) {
    request.plan = false;
    request.bpm.reset();
    request.key.reset();
    request.chords.reset();
    request.givenPlan.reset();
    request.adaptGiven = false;
}

void MusicBox::writeTo(Request& request) const {
    clear(request);
    request.plan = m_plan->isChecked();
    if (!request.plan) return;
    if (m_givenPlan) {
        request.givenPlan = m_givenPlan;
        request.adaptGiven = m_adapt;
        return;
    }
    request.bpm = m_bpm->chosen();
    const QString key = m_key->currentText().trimmed(), chords = m_chords->text().trimmed();
    if (!key.isEmpty()) request.key = key.toStdString();
    if (!chords.isEmpty()) request.chords = chords.toStdString();
}

void MusicBox::show(const Request& request) {
    m_plan->setChecked(request.plan);
    m_bpm->choose(request.bpm);
    m_key->setEditText(QString::fromStdString(request.key.value_or("")));
    m_chords->setText(QString::fromStdString(request.chords.value_or("")));
    if (m_givenPlan != request.givenPlan) m_scoreName.clear();
    m_givenPlan = request.givenPlan;
    m_adapt = request.adaptGiven;
    if (!request.prompt.empty()) m_planPrompt = QString::fromStdString(request.prompt); // a preset has none
    showGivenPlan();
}

void MusicBox::setMusic(std::optional<double> bpm, const QString& key, const QString& chords) {
    m_givenPlan.reset();
    m_plan->setChecked(true);
    m_bpm->choose(bpm);
    m_key->setEditText(key);
    m_chords->setText(chords);
    showGivenPlan();
}

void MusicBox::setGivenPlan(const plan::Plan& plan) {
    m_givenPlan = plan;
    m_adapt = false;
    showGivenPlan();
}

void MusicBox::setScore(const plan::Plan& plan, const QString& name) {
    m_plan->setChecked(true);
    m_givenPlan = plan;
    m_adapt = true;
    m_scoreName = name;
    showGivenPlan();
}

void MusicBox::dropGivenPlan() {
    m_givenPlan.reset();
    showGivenPlan();
}

QString MusicBox::promptOfGivenPlan() const {
    return m_givenPlan && !m_adapt && m_plan->isChecked() ? m_planPrompt : QString();
}

QString MusicBox::scoreName() const {
    if (!m_givenPlan || !m_adapt || !m_plan->isChecked()) return {};
    return m_scoreName.isEmpty() ? tr("a file", "plays the score of …") : m_scoreName;
}

void MusicBox::showGivenPlan() {
    const bool given = m_givenPlan.has_value();
    if (given) {
        QStringList chords;
        for (const plan::ChordSpan& span : m_givenPlan->chords)
            if (chords.size() < 8) chords << QString::fromStdString(plan::toString(span.chord));
        const QString text =
            m_adapt ? tr("Plays a file's score: %1 bpm, %2, %3 …") : tr("Keeps the clip's plan: %1 bpm, %2, %3 …");
        m_givenText->setText(text.arg(QLocale().toString(m_givenPlan->bpm, 'f', 1),
                                      QString::fromStdString(plan::toString(m_givenPlan->key)),
                                      chords.join(QLatin1Char(' '))));
    }
    m_given->setVisible(given && m_plan->isChecked());
    for (QWidget* widget :
         {static_cast<QWidget*>(m_bpm), static_cast<QWidget*>(m_key), static_cast<QWidget*>(m_chords)})
        widget->setEnabled(m_plan->isChecked() && !given);
    check();
    Q_EMIT givenPlanChanged();
}

/// Checks key and chords: one line that says why one cannot be read; empty if both can.
QString MusicBox::problem() const {
    if (!m_chords->isEnabled()) return {};
    try {
        const std::string key = m_key->currentText().trimmed().toStdString();
        if (!key.empty()) plan::parseKey(key);
        const std::string chords = m_chords->text().trimmed().toStdString();
        if (!chords.empty()) plan::parseProgression(chords);
    } catch (const std::invalid_argument& error) {
        return inUsersLanguage(error);
    }
    return {};
}

void MusicBox::check() {
    const QString text = problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace n2m::ui
