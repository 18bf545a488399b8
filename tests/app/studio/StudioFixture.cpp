#include "tests/app/studio/StudioFixture.h"

#include "ui/style/Theme.h"

namespace n2m::test {

studio::Studio::Setup StudioFixture::setup() const {
    studio::Studio::Setup setup;
    setup.library = m_folder->filePath("library").toStdString();
    setup.settingsFile = m_folder->filePath("settings.ini");
    setup.model.seconds = 2.0;
    setup.generate = [engine = m_engine](const Request& request, Monitor& monitor) {
        return (*engine)(request, monitor);
    };
    return setup;
}

void StudioFixture::prepare() {
    ui::applyTheme(*qApp, ui::Theme::Dark);
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_shared<FakeEngine>();
}

void StudioFixture::open() {
    m_studio = std::make_unique<studio::Studio>(setup());
    m_studio->begin();
    QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
    m_studio->window().activateWindow(); // where no window manager does it
    QVERIFY(QTest::qWaitForWindowActive(&m_studio->window()));
}

void StudioFixture::begin() {
    prepare();
    open();
}

void StudioFixture::end() {
    m_engine->wait = false;
    m_engine->deaf = false;
    m_studio.reset();
    m_folder.reset();
}

void StudioFixture::restart() {
    m_studio.reset();
    open();
}

void StudioFixture::choose(int row) {
    historyList()->setCurrentIndex(historyList()->model()->index(row, 0));
}

void StudioFixture::focusRow(int row) {
    historyList()->setFocus();
    choose(row);
}

void StudioFixture::showScope(int index) {
    auto* scope = child<QComboBox>("historyScope");
    scope->setCurrentIndex(index < 0 ? scope->count() + index : index);
    Q_EMIT scope->activated(scope->currentIndex());
}

storage::Take StudioFixture::newest() {
    return library().takes().page(library().takes().ids()).at(0);
}

void StudioFixture::generate(const QString& prompt, const QString& seed) {
    QPlainTextEdit* edit = this->prompt();
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, prompt);
    child<QLineEdit>("seed")->setText(seed);
    QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
}

void StudioFixture::makeClip(const QString& prompt, const QString& seed) {
    const int before = rows();
    const auto shown = view().clip();
    generate(prompt, seed);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, longEnough);
    QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().clip() != shown, longEnough);
}

void StudioFixture::write(const char* name, const QString& text) {
    auto* field = child<QLineEdit>(name);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

studio::Studio::Setup PlanningStudioFixture::setup() const {
    studio::Studio::Setup setup = StudioFixture::setup();
    ui::ModelFacts& model = setup.model;
    model.seconds = 8.0;
    model.takesPlan = true;
    model.samplers = {"ancestral", "ddim", "dpmpp"};
    model.schedules = {"uniform"};
    ui::StageFacts stage;
    stage.name = "spectrogram-generator";
    stage.steps = 24;
    stage.sampler = "dpmpp";
    stage.schedule = "uniform";
    model.stages = {stage};
    return setup;
}

} // namespace n2m::test
