#include "engine/evaluation/ContactSheet.h"

#include <QtTest/QtTest>

#include <png.h>

using namespace n2m::evaluation;

class ContactSheetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTimeAcrossAndPitchUpwards() {
        // A tone in the lowest of 80 bands in the first half of 160 frames; next to it a silent, shorter clip.
        Spectrogram tone;
        tone.values.assign(80 * 160, -1.0f);
        std::fill_n(tone.values.begin(), 80, 1.0f);
        Spectrogram silence;
        silence.values.assign(80 * 80, -1.0f);
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "sheet.png";
        writeContactSheet(file, {{tone, silence}, {tone}});

        png_image png{};
        png.version = PNG_IMAGE_VERSION;
        QVERIFY(png_image_begin_read_from_file(&png, file.c_str()) != 0);
        png.format = PNG_FORMAT_GRAY;
        std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(png));
        QVERIFY(png_image_finish_read(&png, nullptr, pixels.data(), 0, nullptr) != 0);
        const std::size_t width = png.width;
        QCOMPARE(width, std::size_t(20 + 4 + 20));
        QCOMPARE(std::size_t(png.height), std::size_t(80 + 4 + 80));
        const auto grey = [&](std::size_t x, std::size_t y) { return static_cast<int>(pixels[y * width + x]); };
        QVERIFY(grey(2, 79) > 200);                       // the tone, at the bottom
        QVERIFY(grey(15, 79) < 20);                       // it has ended
        QVERIFY(grey(2, 0) < 20);                         // nothing high
        QVERIFY(grey(22, 40) > 250);                      // between the pictures
        QVERIFY(grey(30, 40) < 20 && grey(40, 40) > 250); // the shorter clip ends
        QVERIFY(grey(2, 84 + 79) > 200);
    }

    void needsSomethingToShow() {
        QVERIFY_EXCEPTION_THROWN(writeContactSheet("sheet.png", {}), std::invalid_argument);
        Spectrogram tone;
        tone.values.assign(80 * 160, 0.0f);
        QVERIFY_EXCEPTION_THROWN(writeContactSheet("/nothing/sheet.png", {{tone}}), std::runtime_error);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ContactSheetTest)
#include "ContactSheetTest.moc"
