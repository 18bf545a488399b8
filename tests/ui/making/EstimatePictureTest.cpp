#include "ui/making/EstimatePicture.h"

#include "tests/ui/SoundOfTest.h"

#include <QtTest/QtTest>

using namespace n2m;
using ui::EstimatePicture;

class EstimatePictureTest : public QObject {
    Q_OBJECT

    /// 2 s in 80 bands: silence except for one band that is loud in the second half.
    static Estimate spectrogram() {
        Estimate estimate;
        estimate.seconds = 2.0;
        estimate.bands = 80;
        estimate.spectrogram.assign(80 * 200, -1.0f);
        for (int frame = 100; frame < 200; ++frame)
            estimate.spectrogram[20 * 200 + frame] = 0.5f; // −27.5 dB: an amplitude of 0.042
        return estimate;
    }

private Q_SLOTS:
    void aSpectrogramHasItsEnvelope() {
        EstimatePicture picture;
        QVERIFY(picture.isEmpty());
        picture.setEstimate(spectrogram());
        QVERIFY(!picture.isEmpty());
        QCOMPARE(picture.spectrogram().size(), QSize(200, 80));
        const auto brightness = [&](int frame, int band) {
            return qGray(picture.spectrogram().pixel(frame, 79 - band)); // high notes on top
        };
        QVERIFY(brightness(150, 20) > 100);
        QVERIFY(brightness(50, 20) < 5 && brightness(150, 21) < 5 && brightness(150, 59) < 5);
        QVERIFY(picture.high()[50] < 0.001f);
        QVERIFY(picture.high()[150] > 0.04f && picture.high()[150] < 0.1f);
        QCOMPARE(picture.low()[150], -picture.high()[150]);
        picture.clear();
        QVERIFY(picture.isEmpty());
    }

    void soundComesOverItsSpectrogram() {
        EstimatePicture picture;
        picture.setEstimate(spectrogram());
        Estimate sound;
        sound.seconds = 2.0;
        sound.sampleRate = 24000;
        sound.sound = test::tone(2.0, 440.0, 24000, 1, 0.5f).samples;
        sound.sound[24000] = 3.0f; // beyond full scale, as an unfinished stage may be
        picture.setEstimate(sound);
        QCOMPARE(picture.spectrogram().size(), QSize(200, 80)); // the one before stays
        QCOMPARE(picture.high().size(), std::size_t(1000));
        QCOMPARE(picture.high()[500], 1.0f);
        for (const std::size_t column : {std::size_t(10), std::size_t(700)}) {
            QVERIFY(picture.high()[column] > 0.4f && picture.high()[column] <= 0.5f);
            QVERIFY(picture.low()[column] < -0.2f && picture.low()[column] >= -0.5f);
        }
    }

    void itIsDrawn() {
        EstimatePicture picture;
        picture.resize(400, 100);
        picture.setHint("Loading");
        picture.grab();
        picture.setEstimate(spectrogram());
        const QImage drawn = picture.grab().toImage();
        const auto at = [&](double x, double y) {
            return qGray(drawn.pixel(static_cast<int>(x * drawn.width()), static_cast<int>(y * drawn.height())));
        };
        // Band 20 of 80, in the lower two thirds: bright on the right, dark on the left.
        const double row = 0.36 + 0.64 * (1.0 - 20.5 / 80.0);
        QVERIFY(at(0.75, row) > 60);
        QVERIFY(at(0.25, row) < 10);
    }
};

QTEST_MAIN(EstimatePictureTest)
#include "EstimatePictureTest.moc"
