#include "engine/cascade/RouteOutline.h"

#include "engine/cascade/GriffinLimIterations.h"

#include <QtTest/QtTest>

#include <stdexcept>

using namespace n2m;
using namespace n2m::cascade;
using model::StageKind;

namespace {

model::CascadeConfig cascadeOf(const std::vector<StageKind>& kinds) {
    model::CascadeConfig cascade;
    cascade.name = "outlined";
    for (const StageKind kind : kinds) {
        model::StageConfig& stage = cascade.stages.emplace_back();
        stage.name = toString(kind);
        stage.kind = kind;
        stage.sampling.steps = 7;
    }
    return cascade;
}

const model::CascadeConfig whole =
    cascadeOf({StageKind::SpectrogramGenerator, StageKind::Vocoder, StageKind::WaveformGenerator,
               StageKind::WaveformCascader, StageKind::SuperResolution});

std::string namesOf(const RouteChoice& choice, const model::CascadeConfig& cascade) {
    std::string names;
    for (const StepOutline& step : outlineOf(choice, cascade))
        names += step.name + " " + std::to_string(step.sampling.steps) + (step.stage ? " denoises; " : "; ");
    return names;
}

} // namespace

class RouteOutlineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWayToSound() {
        QCOMPARE(namesOf({"spectrogram", "diffusion", "diffusion"}, whole),
                 std::string("spectrogram-generator 7 denoises; vocoder 7 denoises; super-resolution 7 denoises; "));
        QCOMPARE(namesOf({"spectrogram", "griffin-lim", "fourier"}, whole),
                 "spectrogram-generator 7 denoises; griffin-lim " + std::to_string(griffinLimIterations) +
                     "; fourier 0; ");
        QCOMPARE(namesOf({"waveform", "diffusion", "fourier"}, whole),
                 std::string("waveform-generator 7 denoises; waveform-cascader 7 denoises; fourier 0; "));
    }

    void requestsOverrideTheBundle() {
        Request request;
        QCOMPARE(choiceOf(request, whole).vocoder, std::string("diffusion"));
        request.vocoder = "griffin-lim";
        request.superResolution = "fourier";
        request.route = "waveform";
        const RouteChoice choice = choiceOf(request, whole);
        QCOMPARE(choice.route, std::string("waveform"));
        QCOMPARE(choice.vocoder, std::string("griffin-lim"));
        QCOMPARE(choice.superResolution, std::string("fourier"));
    }

    void theUsualChoiceNeedsNoAbsentStage() {
        QCOMPARE(usualChoice(whole).vocoder, std::string("diffusion"));
        const auto bare = cascadeOf({StageKind::SpectrogramGenerator});
        QCOMPARE(outlineOf(usualChoice(bare), bare).at(1).kind, StepKind::GriffinLim);
        QCOMPARE(outlineOf(usualChoice(bare), bare).at(2).kind, StepKind::Fourier);
        QVERIFY_EXCEPTION_THROWN(outlineOf(choiceOf({}, bare), bare), std::invalid_argument);
        const auto waveform = cascadeOf({StageKind::WaveformGenerator, StageKind::WaveformCascader});
        QCOMPARE(usualChoice(waveform).route, std::string("waveform"));
        const auto half = cascadeOf({StageKind::WaveformGenerator});
        QVERIFY(!hasRoute(half, usualChoice(half).route));
    }
};

QTEST_GUILESS_MAIN(RouteOutlineTest)
#include "RouteOutlineTest.moc"
