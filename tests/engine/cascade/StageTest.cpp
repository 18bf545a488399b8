#include "engine/cascade/Stage.h"

#include "engine/sampling/StepSchedule.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m;
using namespace n2m::cascade;
using model::StageKind;

namespace {

model::StageConfig configOf(StageKind kind) {
    return *test::tinyCascade().find(kind);
}

std::shared_ptr<network::UNet> networkOf(const model::StageConfig& config) {
    torch::manual_seed(3);
    auto network = std::make_shared<network::UNet>(config.network);
    const torch::NoGradGuard noGradients;
    for (torch::Tensor& parameter : network->parameters()) {
        if (parameter.abs().max().item<double>() == 0.0) parameter.normal_(0.0, 0.1);
    }
    return network;
}

Stage stageOf(const model::StageConfig& config, std::int64_t mostElements = Stage::mostElements) {
    static const auto spectra = std::make_shared<const plan::NoteSpectra>(test::tinyNoteSpectra());
    return Stage(config, networkOf(config), torch::kCPU, spectra, mostElements);
}

text::EmbeddedText embedded(int seed, int tokens) {
    torch::manual_seed(seed);
    return {torch::ones({1, tokens}, torch::kLong), torch::randn({1, tokens, 16}),
            torch::ones({1, tokens}, torch::kBool), tokens, false};
}

plan::Plan planOf(double bpm) {
    plan::Plan plan;
    plan.seconds = 1.0;
    plan.bpm = bpm;
    for (double time = 0.0; time < 1.0; time += 60.0 / bpm)
        plan.beats.push_back({time, plan.beats.empty()});
    return plan;
}

} // namespace

class StageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lengthsAreRoundedUp() {
        // Strides 4 and 2; strides 4 with patches of 10, and 160 samples per frame; strides 4 with patches of 12.
        QCOMPARE(stageOf(configOf(StageKind::SpectrogramGenerator)).paddedLength(100), std::int64_t(104));
        QCOMPARE(stageOf(configOf(StageKind::Vocoder)).paddedLength(16001), std::int64_t(16160));
        QCOMPARE(stageOf(configOf(StageKind::SuperResolution)).paddedLength(24000), std::int64_t(24000));
        QCOMPARE(stageOf(configOf(StageKind::SuperResolution)).paddedLength(24001), std::int64_t(24048));
    }

    void everythingItIsToldMatters() {
        const Stage stage = stageOf(configOf(StageKind::SpectrogramGenerator));
        const auto text = embedded(1, 5), other = embedded(2, 9);
        const auto plan = planOf(120.0), otherPlan = planOf(90.0);
        const auto settings = stage.config().sampling;
        const auto sample = [&](StageInput input, std::uint64_t seed = 1) {
            return stage.sample(input, 100, settings, seed);
        };
        StageInput input;
        input.text = &text;
        input.plan = &plan;
        const torch::Tensor first = sample(input);
        QCOMPARE(first.sizes(), (torch::IntArrayRef{80, 104}));
        QVERIFY(torch::equal(first, sample(input)));
        QVERIFY(!torch::allclose(first, sample(input, 2)));
        StageInput changed = input;
        changed.text = &other;
        QVERIFY(!torch::allclose(first, sample(changed)));
        changed = input;
        changed.plan = &otherPlan;
        QVERIFY(!torch::allclose(first, sample(changed)));
        plan::Plan scored = plan;
        scored.parts = {{plan::Part::Role::Lead, 0, {{0.2, 0.8, 60, 100}}}};
        changed.plan = &scored;
        QVERIFY(!torch::allclose(first, sample(changed)));
        changed.plan = nullptr;
        QVERIFY(!torch::allclose(first, sample(changed)));
        changed = input;
        changed.negative = &other;
        QVERIFY(!torch::allclose(first, sample(changed)));
    }

    void withoutTemperatureEverySeedIsTheSame() {
        const Stage stage = stageOf(configOf(StageKind::SpectrogramGenerator));
        const auto text = embedded(1, 5);
        StageInput input;
        input.text = &text;
        auto settings = stage.config().sampling;
        settings.temperature = 0.0f;
        const torch::Tensor still = stage.sample(input, 100, settings, 1);
        QVERIFY(torch::equal(still, stage.sample(input, 100, settings, 2)));
        settings.temperature = 0.5f;
        const torch::Tensor lively = stage.sample(input, 100, settings, 1);
        QVERIFY(!torch::allclose(lively, still));
        QVERIFY(!torch::allclose(lively, stage.sample(input, 100, settings, 2)));
    }

    void guidanceIsTheBranchesFormula() {
        // One step of DDIM from the same noise; the output is affine in the prediction, so guidance can be redone with
        // separate, unguided runs: weight w on the first and 1 − w on the second.
        model::StageConfig config = configOf(StageKind::SpectrogramGenerator);
        config.sampling.sampler = sampling::SamplerKind::Ddim;
        config.sampling.steps = 1;
        config.sampling.clipPercentile = 0.0f;
        const Stage stage = stageOf(config);
        const auto text = embedded(1, 5), other = embedded(2, 9);
        const auto plan = planOf(120.0);
        const auto run = [&](const text::EmbeddedText* shown, const text::EmbeddedText* negative,
                             const plan::Plan* shownPlan, float w, float wPlan) {
            StageInput input;
            input.text = shown;
            input.negative = negative;
            input.plan = shownPlan;
            model::SamplingConfig settings = config.sampling;
            settings.guidance = w;
            settings.planGuidance = wPlan;
            return stage.sample(input, 104, settings, 9);
        };
        const torch::Tensor both = run(&text, nullptr, &plan, 1, 1), none = run(nullptr, nullptr, nullptr, 1, 1);
        const torch::Tensor planOnly = run(nullptr, nullptr, &plan, 1, 1),
                            negative = run(&other, nullptr, nullptr, 1, 1);
        const auto near = [](const torch::Tensor& a, const torch::Tensor& b) {
            return (a - b).abs().max().item<double>() < 2e-4;
        };
        QVERIFY(near(run(&text, nullptr, &plan, 3, 3), 3.0 * both - 2.0 * none));
        QVERIFY(near(run(&text, nullptr, &plan, 3, 2), none + 2.0 * (planOnly - none) + 3.0 * (both - planOnly)));
        QVERIFY(near(run(&text, &other, &plan, 3, 3), 3.0 * both - 2.0 * negative));
        QVERIFY(!near(both, none) && !near(none, negative)); // else the above says nothing
    }

    void windowsGiveTheSameAsTheWhole() {
        // A network without attention whose outputs depend on their neighbourhood alone but for the norms' statistics:
        // the noise is random everywhere alike, so these hardly differ between windows.
        model::StageConfig config = configOf(StageKind::SuperResolution);
        config.sampling.sampler = sampling::SamplerKind::Ddim;
        StageInput input;
        input.sound = torch::sin(torch::arange(96000, torch::kFloat32) * 0.05).unsqueeze(0) * 0.1;
        const torch::Tensor whole = stageOf(config).sample(input, 96000, config.sampling, 4);
        const Stage inWindows = stageOf(config, 24000 * 16 / 12); // of a second
        const torch::Tensor parts = inWindows.sample(input, 96000, config.sampling, 4);
        QCOMPARE(parts.sizes(), whole.sizes());
        const double error = (parts - whole).square().mean().sqrt().item<double>(),
                     level = whole.square().mean().sqrt().item<double>();
        QVERIFY2(error < 0.03 * level, qPrintable(QString("%1 of %2").arg(error).arg(level)));
        QVERIFY(!torch::equal(parts, whole)); // that there were windows at all
    }

    void vocoderTakesSpectrogramAndEstimate() {
        const Stage stage = stageOf(configOf(StageKind::Vocoder));
        StageInput input;
        input.spectrogram = torch::rand({80, 101}) * 2.0 - 1.0;
        input.sound = torch::randn({1, 16160}) * 0.1;
        const auto settings = stage.config().sampling;
        const torch::Tensor first = stage.sample(input, 16160, settings, 1);
        QCOMPARE(first.sizes(), (torch::IntArrayRef{1, 16160}));
        StageInput changed = input;
        changed.spectrogram = -input.spectrogram;
        QVERIFY(!torch::allclose(first, stage.sample(changed, 16160, settings, 1)));
        changed = input;
        changed.sound = -input.sound;
        QVERIFY(!torch::allclose(first, stage.sample(changed, 16160, settings, 1)));
        QVERIFY_EXCEPTION_THROWN(stage.sample({}, 16160, settings, 1), std::invalid_argument);
    }

    void unitsAreThoseOfTheData() {
        // A network that says v = 0 makes x_0 = α x_t: at the last of few DDIM steps that is noise scaled by the
        // deviation.
        model::StageConfig config = configOf(StageKind::SuperResolution);
        config.sampling.sampler = sampling::SamplerKind::Ddim;
        config.sampling.steps = 1;
        const Stage stage(config, std::make_shared<network::UNet>(config.network), torch::kCPU); // starts with output 0
        StageInput input;
        input.sound = torch::zeros({1, 48000});
        const torch::Tensor sound = stage.sample(input, 48000, config.sampling, 5);
        // v = 0 at t = 1: x_0 = α_1 x_1, ε = σ_1 x_1; x = α_0 x_0 + σ_0 ε = 2 e^-10 x_1, in units of the deviation.
        QVERIFY(std::abs(sound.std().item<double>() / (2.0 * std::exp(-10.0) * 0.15) - 1.0) < 0.02);
    }

    void notFiniteIsOneClearLine() {
        model::StageConfig config = configOf(StageKind::SuperResolution);
        auto network = networkOf(config);
        {
            const torch::NoGradGuard noGradients;
            network->parameters().front().fill_(NAN);
        }
        const Stage stage(config, network, torch::kCPU);
        StageInput input;
        input.sound = torch::zeros({1, 24000});
        try {
            stage.sample(input, 24000, config.sampling, 1);
            QFAIL("NaN came through");
        } catch (const std::runtime_error& error) {
            QVERIFY(QString(error.what()).startsWith("stage super-resolution: the result is not finite"));
        }
    }

    void contradictionsAreRefused() {
        const auto refused = [](StageKind kind, auto change) {
            model::StageConfig config = configOf(kind);
            change(config);
            const auto network = std::make_shared<network::UNet>(config.network);
            try {
                Stage(config, network, torch::kCPU);
            } catch (const std::exception& error) {
                return !QString(error.what()).contains('\n');
            }
            return false;
        };
        QVERIFY(refused(StageKind::SpectrogramGenerator, [](auto&) {})); // it is given no note spectra
        QVERIFY(refused(StageKind::SpectrogramGenerator, [](auto& config) { config.network.stackedChannels = 3; }));
        QVERIFY(refused(StageKind::SpectrogramGenerator, [](auto& config) { config.network.dataChannels = 64; }));
        QVERIFY(refused(StageKind::SpectrogramGenerator, [](auto& config) { config.sampleRate = 50; }));
        QVERIFY(refused(StageKind::SuperResolution, [](auto& config) { config.plan = true; }));
        QVERIFY(refused(StageKind::SuperResolution, [](auto& config) { config.lowRate = 0; }));
        QVERIFY(refused(StageKind::Vocoder, [](auto& config) { config.network.alignedChannels = 64; }));
        QVERIFY(refused(StageKind::Vocoder, [](auto& config) { config.sampleRate = 16050; }));
        QVERIFY(refused(StageKind::Vocoder, [](auto& config) { config.sampling.schedule = "sideways"; }));
    }

    void requestsOverrideTheDefaults() {
        model::SamplingConfig defaults;
        StageSettings settings;
        QVERIFY(resolved(defaults, settings) == defaults);
        settings = {7, "ddim", "karras", 0.5, 4.0, 6.0, 0.25};
        const model::SamplingConfig result = resolved(defaults, settings);
        QCOMPARE(result.steps, 7);
        QVERIFY(result.sampler == sampling::SamplerKind::Ddim);
        QCOMPARE(result.schedule, std::string("karras"));
        QCOMPARE(result.gamma, 0.5f);
        QCOMPARE(result.guidance, 4.0f);
        QCOMPARE(result.planGuidance, 6.0f);
        QCOMPARE(result.temperature, 0.25f);
    }
};

QTEST_GUILESS_MAIN(StageTest)
#include "StageTest.moc"
