#include "engine/diffusion/Sampler.h"
#include "engine/sampling/StepSchedule.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::diffusion;
using namespace n2m::sampling;

namespace {

// Data that is Gaussian with mean m and variance v: then x_t is Gaussian with mean α m and variance α² v + σ², and
// E[ε | x_t] = σ (x_t − α m)/(α² v + σ²), by the conditional mean of jointly Gaussian variables.
struct Gaussian {
    double mean, variance;
    NoiseSchedule schedule;
    Prediction prediction;

    double spread(double t) const {
        const double alpha = schedule.alpha(t), sigma = schedule.sigma(t);
        return alpha * alpha * variance + sigma * sigma;
    }
    torch::Tensor operator()(const torch::Tensor& noisy, double t) const {
        const double alpha = schedule.alpha(t), sigma = schedule.sigma(t);
        const torch::Tensor centred = (noisy - alpha * mean) / spread(t);
        const torch::Tensor epsilon = centred * sigma, x0 = centred * (alpha * variance) + mean;
        switch (prediction) {
        case Prediction::Epsilon:
            return epsilon;
        case Prediction::V:
            return epsilon * alpha - x0 * sigma;
        case Prediction::X0:
            break;
        }
        return x0;
    }
    // The probability-flow ODE of a Gaussian keeps (x_t − α m)/√(α² v + σ²).
    torch::Tensor flow(const torch::Tensor& noisy, double t) const {
        return (noisy - schedule.alpha(t) * mean) * std::sqrt(variance / spread(t)) + mean;
    }
};

constexpr NoiseScheduleKind kinds[] = {NoiseScheduleKind::Cosine, NoiseScheduleKind::Linear};
constexpr Prediction predictions[] = {Prediction::Epsilon, Prediction::V, Prediction::X0};
constexpr int count = 60000;

Sampler sampler(const NoiseSchedule& schedule, SamplerKind kind, Prediction prediction, double gamma = 0.0) {
    Sampler::Settings settings;
    settings.kind = kind;
    settings.prediction = prediction;
    settings.gamma = gamma;
    return {schedule, settings};
}

double meanOf(const torch::Tensor& x) {
    return x.to(torch::kFloat64).mean().item<double>();
}
double varianceOf(const torch::Tensor& x) {
    return x.to(torch::kFloat64).var().item<double>();
}

// Five standard errors of a mean and a variance from `count` samples, and `bias` for the steps being finite.
bool lands(const torch::Tensor& x, double wantedMean, double wantedVariance, double bias) {
    const double meanError = std::abs(meanOf(x) - wantedMean), varianceError = std::abs(varianceOf(x) - wantedVariance);
    const bool good = meanError < 5 * std::sqrt(wantedVariance / count) + bias &&
                      varianceError < 5 * wantedVariance * std::sqrt(2.0 / count) + bias * wantedVariance;
    if (!good) qWarning("mean off by %g, variance off by %g of %g", meanError, varianceError, wantedVariance);
    return good;
}

} // namespace

class SamplerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySamplerLandsOnTheData() {
        for (const auto kind : kinds) {
            for (const auto prediction : predictions) {
                const NoiseSchedule schedule(kind);
                const Gaussian data{0.7, 0.16, schedule, prediction};
                NoiseSource random({42});
                const auto run = [&](SamplerKind which, double gamma, int steps, const char* walk) {
                    const auto times = StepSchedule(walk).times(steps, schedule);
                    return sampler(schedule, which, prediction, gamma)
                        .sample(data, random.draw(1, count), times, random);
                };
                // For a Gaussian a finite walk is a linear recursion of mean and variance; worked out with numbers
                // alone in Python it leaves 0.94857 v for γ = 0 and 1.02978 v for γ = 1 after 200 steps, whatever the
                // schedule.
                QVERIFY(
                    lands(run(SamplerKind::Ancestral, 0.0, 200, "lambda"), data.mean, 0.94857 * data.variance, 1e-4));
                QVERIFY(
                    lands(run(SamplerKind::Ancestral, 1.0, 200, "lambda"), data.mean, 1.02978 * data.variance, 1e-4));
                // DDIM's error is of first order (2.6% of the variance at 200 steps), DPM-Solver++'s of second.
                QVERIFY(lands(run(SamplerKind::Ddim, 0.0, 200, "lambda"), data.mean, data.variance, 0.03));
                QVERIFY(lands(run(SamplerKind::DpmPlusPlus2M, 0.0, 40, "lambda"), data.mean, data.variance, 0.02));
            }
        }
    }

    void thePaperListsLandToo() {
        const NoiseSchedule schedule(NoiseScheduleKind::Linear);
        const Gaussian data{-0.3, 0.5, schedule, Prediction::Epsilon};
        NoiseSource random({43});
        // Variances after the finite walk, by the same recursion in Python.
        const std::vector<std::pair<const char*, double>> lists{
            {"spectrogram-generator", 0.469639}, {"waveform-generator", 0.496150}, {"super-resolution", 0.496056}};
        for (const auto& [list, expected] : lists) {
            const auto times = StepSchedule(list).times(StepSchedule(list).ownSteps(), schedule);
            const torch::Tensor x = sampler(schedule, SamplerKind::Ancestral, Prediction::Epsilon)
                                        .sample(data, random.draw(1, count), times, random);
            QVERIFY(lands(x, data.mean, expected, 1e-4));
        }
    }

    void gammaZeroIsExactForASinglePoint() {
        // Data that is one point: the true reverse step is DDPM's posterior, which γ = 0 is. So whatever the steps, x_s
        // has mean α_s m and deviation σ_s.
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            const Gaussian data{0.8, 0.0, schedule, Prediction::Epsilon};
            NoiseSource random({44});
            const double end = 0.3;
            const torch::Tensor x = sampler(schedule, SamplerKind::Ancestral, Prediction::Epsilon, 0.0)
                                        .sample(data, random.draw(1, count), {1.0, 0.9, 0.6, end}, random);
            const double sigma = schedule.sigma(end);
            // The start is pure noise, which x_1 is only but for α_1 m: less than 0.007 · 0.8, and shrinking from
            // there.
            QVERIFY(lands(x, schedule.alpha(end) * 0.8, sigma * sigma, 1e-3));
        }
    }

    void gammaOneIsExactForUnitVariance() {
        // Data N(0, 1): x_t stays N(0, 1), and the true reverse step has the variance σ²_{t|s}, which is γ = 1.
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            const Gaussian data{0.0, 1.0, schedule, Prediction::V};
            NoiseSource random({45});
            const torch::Tensor x = sampler(schedule, SamplerKind::Ancestral, Prediction::V, 1.0)
                                        .sample(data, random.draw(1, count), {1.0, 0.7, 0.5, 0.4, 0.2}, random);
            QVERIFY(lands(x, 0.0, 1.0, 0.0));
            // γ = 0 adds too little in so few steps; if it did not, γ would have no effect.
            const torch::Tensor less = sampler(schedule, SamplerKind::Ancestral, Prediction::V, 0.0)
                                           .sample(data, random.draw(1, count), {1.0, 0.7, 0.5, 0.4, 0.2}, random);
            QVERIFY(varianceOf(less) < 0.9);
        }
    }

    void aStepIsTheFormula() {
        // One step at γ = 0.3, written out from the specification in double.
        const NoiseSchedule schedule(NoiseScheduleKind::Cosine);
        const double t = 0.6, s = 0.5, gamma = 0.3;
        NoiseSource random({46}), same({46});
        const torch::Tensor start = NoiseSource({47}).draw(1, 64), output = NoiseSource({48}).draw(1, 64);
        const torch::Tensor x =
            sampler(schedule, SamplerKind::Ancestral, Prediction::Epsilon, gamma)
                .sample([&](const torch::Tensor&, double) { return output; }, start, {t, s}, random);
        const double ratio = schedule.alpha(s) / schedule.alpha(t), sigmaT = schedule.sigma(t),
                     sigmaS = schedule.sigma(s);
        const double c = 1.0 - std::exp(schedule.lambda(t) - schedule.lambda(s));
        const double noise =
            std::pow(std::sqrt(c * sigmaS * sigmaS), 1.0 - gamma) * std::pow(std::sqrt(c * sigmaT * sigmaT), gamma);
        const torch::Tensor expected = ratio * start.to(torch::kFloat64) -
                                       c * ratio * sigmaT * output.to(torch::kFloat64) +
                                       noise * same.draw(1, 64).to(torch::kFloat64);
        QVERIFY((x - expected).abs().max().item<double>() < 1e-5);
    }

    /// Half the temperature: half of the new noise, and nothing else is different.
    void temperatureMultipliesTheNewNoise() {
        const NoiseSchedule schedule(NoiseScheduleKind::Cosine);
        const torch::Tensor start = NoiseSource({47}).draw(1, 64), output = NoiseSource({48}).draw(1, 64);
        const auto step = [&](double temperature) {
            Sampler::Settings settings;
            settings.kind = SamplerKind::Ancestral;
            settings.temperature = temperature;
            NoiseSource random({46});
            return Sampler(schedule, settings)
                .sample([&](const torch::Tensor&, double) { return output; }, start, {0.6, 0.5}, random);
        };
        const torch::Tensor still = step(0.0), half = step(0.5) - still, whole = step(1.0) - still;
        QVERIFY(whole.abs().max().item<double>() > 0.1);
        QVERIFY((half * 2.0 - whole).abs().max().item<double>() < 1e-5);
    }

    void ddimFollowsTheProbabilityFlow() {
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            const Gaussian data{0.7, 0.16, schedule, Prediction::V};
            NoiseSource random({49});
            const torch::Tensor start = random.draw(1, 1000);
            const torch::Tensor wanted = data.flow(start, 1.0);
            const auto error = [&](SamplerKind which, int steps) {
                const auto times = StepSchedule("lambda").times(steps, schedule);
                return (sampler(schedule, which, Prediction::V).sample(data, start, times, random) - wanted)
                    .abs()
                    .max()
                    .item<double>();
            };
            // First order: half the step, half the error (worked out in Python: 0.0349, 0.0175 and, at 2,000, 0.0018
            // at 3.3 deviations).
            const double coarse = error(SamplerKind::Ddim, 100), fine = error(SamplerKind::Ddim, 200);
            QVERIFY2(fine < 0.62 * coarse && fine > 0.38 * coarse, qPrintable(QString("%1 %2").arg(coarse).arg(fine)));
            QVERIFY(error(SamplerKind::Ddim, 2000) < 3e-3);
            // Second order: a quarter. (Checked where the last step's own error, σ/α = 0.002, is still small
            // compared with it.)
            const double coarse2 = error(SamplerKind::DpmPlusPlus2M, 20), fine2 = error(SamplerKind::DpmPlusPlus2M, 40);
            QVERIFY2(fine2 < 0.35 * coarse2, qPrintable(QString("%1 %2").arg(coarse2).arg(fine2)));
            // And better than DDIM with ten times its steps.
            QVERIFY(fine2 < error(SamplerKind::Ddim, 400));
        }
    }

    void clippedX0IsWhatTheStepUses() {
        // A network that says x_0 = 5 everywhere; clipped to 1, DDIM's next x must be built from 1 and the ε that
        // follows.
        const NoiseSchedule schedule(NoiseScheduleKind::Cosine);
        Sampler::Settings settings;
        settings.kind = SamplerKind::Ddim;
        settings.prediction = Prediction::X0;
        settings.clipPercentile = 0.9;
        settings.clipLimit = 1.0;
        NoiseSource random({50});
        const torch::Tensor start = random.draw(1, 32);
        const double t = 0.6, s = 0.5;
        const torch::Tensor x =
            Sampler(schedule, settings)
                .sample([](const torch::Tensor& noisy, double) { return torch::full_like(noisy, 5.0); }, start, {t, s},
                        random);
        const torch::Tensor epsilon = (start - schedule.alpha(t)) / schedule.sigma(t);
        QVERIFY((x - (schedule.alpha(s) + schedule.sigma(s) * epsilon)).abs().max().item<double>() < 1e-5);
        for (const auto kind : {SamplerKind::Ancestral, SamplerKind::Ddim, SamplerKind::DpmPlusPlus2M}) {
            settings.kind = kind;
            const torch::Tensor end =
                Sampler(schedule, settings)
                    .sample([](const torch::Tensor& noisy, double) { return torch::full_like(noisy, 5.0); }, start,
                            {1.0, 0.5, 0.0}, random);
            QVERIFY((end - 1.0).abs().max().item<double>() < 1e-3);
        }
    }

    // In the known region every x_t is the known x_0 with noise of its time, whatever the network says there; elsewhere
    // only the network's input changes.
    void whatIsKnownStays() {
        const NoiseSchedule schedule(NoiseScheduleKind::Cosine);
        Sampler::KnownRegion known;
        known.x0 = torch::linspace(-1.0, 1.0, 32).reshape({1, 1, 32});
        known.where = torch::cat({torch::ones(16), torch::zeros(16)}).reshape({1, 1, 32});
        for (const auto kind : {SamplerKind::Ancestral, SamplerKind::Ddim, SamplerKind::DpmPlusPlus2M}) {
            Sampler::Settings settings;
            settings.kind = kind;
            settings.prediction = Prediction::X0;
            NoiseSource random({51});
            double furthest = 0.0; // from the known x_0, in units of the noise, once there is signal at all
            const auto denoiser = [&](const torch::Tensor& noisy, double t) {
                if (t < 0.9) {
                    const torch::Tensor noise = (noisy - known.x0 * schedule.alpha(t)) / schedule.sigma(t);
                    furthest = std::max(furthest, noise.narrow(2, 0, 16).abs().max().item<double>());
                }
                return torch::full_like(noisy, 5.0);
            };
            const torch::Tensor x =
                Sampler(schedule, settings)
                    .sample(denoiser, random.draw(1, 32), {1.0, 0.8, 0.6, 0.4, 0.2, 0.0}, random, {}, known);
            QVERIFY((x - known.x0).narrow(2, 0, 16).abs().max().item<double>() < 1e-3);
            QVERIFY((x - 5.0).narrow(2, 16, 16).abs().max().item<double>() < 1e-2);
            QVERIFY2(furthest < 5.0, qPrintable(QString::number(furthest)));
        }
    }

    void observedStepByStepAndStoppedByAThrow() {
        const NoiseSchedule schedule(NoiseScheduleKind::Cosine);
        const Gaussian data{0.0, 1.0, schedule, Prediction::V};
        NoiseSource random({51});
        std::vector<int> seen;
        const auto times = StepSchedule("uniform").times(4, schedule);
        const Sampler ddim = sampler(schedule, SamplerKind::Ddim, Prediction::V);
        torch::Tensor last;
        const torch::Tensor end =
            ddim.sample(data, random.draw(1, 4), times, random, [&](int done, const torch::Tensor& x0) {
                QCOMPARE(x0.defined(), done > 0);
                seen.push_back(done);
                last = x0;
            });
        QCOMPARE(seen, (std::vector<int>{0, 1, 2, 3, 4}));
        // The last step of DDIM ends at the x_0 that it started from, but for σ(0) = e^−10.
        QVERIFY(torch::allclose(last, end, 0.0, 1e-3));
        struct Stop {};
        int calls = 0;
        QVERIFY_EXCEPTION_THROWN(ddim.sample(
                                     [&](const torch::Tensor& noisy, double t) {
                                         ++calls;
                                         return data(noisy, t);
                                     },
                                     random.draw(1, 4), times, random,
                                     [](int done, const torch::Tensor&) {
                                         if (done == 2) throw Stop();
                                     }),
                                 Stop);
        QCOMPARE(calls, 2);
    }

    void badInputIsRefused() {
        const NoiseSchedule schedule(NoiseScheduleKind::Cosine);
        NoiseSource random({52});
        const Sampler ddim = sampler(schedule, SamplerKind::Ddim, Prediction::Epsilon);
        const auto zero = [](const torch::Tensor& noisy, double) { return torch::zeros_like(noisy); };
        QVERIFY_EXCEPTION_THROWN(ddim.sample(zero, random.draw(1, 4), {0.5, 0.5}, random), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(ddim.sample(zero, random.draw(1, 4), {1.5, 0.5}, random), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(ddim.sample(zero, random.draw(1, 4), {}, random), std::invalid_argument);
        const auto broken = [](const torch::Tensor& noisy, double) { return torch::full_like(noisy, NAN); };
        QVERIFY_EXCEPTION_THROWN(ddim.sample(broken, random.draw(1, 4), {1.0, 0.0}, random), std::runtime_error);
    }
};

QTEST_GUILESS_MAIN(SamplerTest)
#include "SamplerTest.moc"
