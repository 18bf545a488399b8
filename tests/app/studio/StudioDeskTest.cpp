#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "ui/clip/ClipView.h"
#include "ui/style/Theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QMessageBox>

#include <functional>

using namespace n2m;
using test::longEnough;

/// What is done with clips that are there, through the window and its dialogs: export, facts, preferences, trash.
class StudioDeskTest : public test::StudioFixture {
    Q_OBJECT

    /// Answers the dialogs that come up one after another, each in its own way; all must have come.
    class Answers : public QObject {
    public:
        using Answer = std::function<bool(QWidget*)>; ///< whether that was the dialog it knows

        explicit Answers(std::vector<Answer> answers)
            : m_answers(std::move(answers)) {
            startTimer(20);
        }
        bool allGiven() const { return m_next == m_answers.size(); }

    protected:
        void timerEvent(QTimerEvent*) override {
            QWidget* dialog = QApplication::activeModalWidget();
            if (!dialog || m_next == m_answers.size()) return;
            if (++m_waited > 250) qFatal("an unexpected dialog: %s", dialog->metaObject()->className());
            const std::size_t now = m_next++; // the answer may open the next dialog inside
            if (m_answers[now](dialog))
                m_waited = 0;
            else
                m_next = now;
        }

    private:
        std::vector<Answer> m_answers;
        std::size_t m_next = 0;
        int m_waited = 0;
    };

    static Answers::Answer exportDialog(const QString& format, const QString& rate = {}) {
        return [format, rate](QWidget* dialog) {
            auto* box = dialog->findChild<QComboBox*>("exportFormat");
            if (!box) return false;
            box->setCurrentText(format);
            if (!rate.isEmpty()) dialog->findChild<QComboBox*>("exportRate")->setCurrentText(rate);
            qobject_cast<QDialog*>(dialog)->accept();
            return true;
        };
    }

    static Answers::Answer fileDialog(const QString& typed) {
        return [typed](QWidget* dialog) {
            if (!qobject_cast<QFileDialog*>(dialog)) return false;
            auto* name = dialog->findChild<QLineEdit*>("fileNameEdit");
            name->setText(typed);
            dialog->findChild<QDialogButtonBox*>("buttonBox")->button(QDialogButtonBox::Save)->click();
            return true;
        };
    }

    static Answers::Answer message(QMessageBox::StandardButton button) {
        return [button](QWidget* dialog) {
            auto* box = qobject_cast<QMessageBox*>(dialog);
            if (!box) return false;
            box->button(button)->click();
            return true;
        };
    }

    QString notice() { return m_studio->window().notice().text(); }

    static QByteArray bytesOf(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Makes a clip by way of the window, and waits until it is seen.
    void makeClip(const QString& prompt, const QString& seed) {
        const int before = rows();
        generate(prompt, seed);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(m_studio->window().findChild<ui::ClipView*>()->clip() != nullptr, longEnough);
    }

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::Theme::Dark); }

    void init() {
        begin();
        open();
    }
    void cleanup() { end(); }

    void exportAsksBeforeItReplaces() {
        makeClip("a song", "7");
        const QString file = m_folder->filePath("song.mp3"), typed = m_folder->filePath("song");
        {
            QFile old(file);
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write("not to be lost");
        }
        {
            Answers answers({exportDialog("MP3"), fileDialog(typed), message(QMessageBox::No),
                             fileDialog(m_folder->filePath("other"))});
            action("clip.export")->trigger();
            QVERIFY(answers.allGiven());
        }
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        QCOMPARE(bytesOf(file), QByteArray("not to be lost"));
        QVERIFY(audio::readSoundFile(m_folder->filePath("other.mp3").toStdString()).frames() > 0);

        Answers answers({exportDialog("MP3"), fileDialog(typed), message(QMessageBox::Yes)});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QTRY_VERIFY_WITH_TIMEOUT(bytesOf(file) != QByteArray("not to be lost"), longEnough);
        QVERIFY(audio::readSoundFile(file.toStdString()).frames() > 0);
    }
};

QTEST_MAIN(StudioDeskTest)
#include "StudioDeskTest.moc"
