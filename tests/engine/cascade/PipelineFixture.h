#pragma once

#include "engine/Pipeline.h"

#include "engine/audio/Loudness.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <cmath>
#include <filesystem>
#include <functional>
#include <memory>
#include <numeric>
#include <vector>

namespace n2m::test {

/// A monitor that keeps all progress, and cancels where it is told to.
struct Recorder : Monitor {
    std::vector<Progress> seen;
    std::function<bool(const Progress&)> cancelAt;
    void step(const Progress& progress) override {
        seen.push_back(progress);
        if (cancelAt && cancelAt(progress)) throw Cancelled();
    }
};

inline Request request(const char* prompt = "a slow piano ballad") {
    Request result;
    result.prompt = prompt;
    result.seed = 5;
    result.seconds = 1.3;
    return result;
}

/// The message that `work` throws, which must be one line; empty if it throws nothing.
inline QString failure(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        const QString message = error.what();
        return message.contains('\n') ? "MORE THAN A LINE: " + message : message;
    }
    return {};
}

/// Checks that a clip is mastered and has this length.
inline void verifyFinished(const Generation& generation, double seconds) {
    const audio::Clip& clip = generation.clip;
    QCOMPARE(clip.sampleRate, 24000);
    QCOMPARE(clip.channels, 1);
    QCOMPARE(clip.samples.size(), static_cast<std::size_t>(std::llround(seconds * 24000)));
    const double mean =
        std::accumulate(clip.samples.begin(), clip.samples.end(), 0.0) / static_cast<double>(clip.samples.size());
    QVERIFY(std::abs(mean) < 1e-4);
    QVERIFY(std::abs(clip.samples.front()) < 1e-6f && std::abs(clip.samples.back()) < 1e-6f);
    const double loudness = audio::integratedLoudness(clip), peak = audio::truePeak(clip);
    QVERIFY2(peak < -0.9, qPrintable(QString::number(peak)));
    QVERIFY2(std::abs(loudness + 16.0) < 0.2 || (loudness < -16.0 && peak > -1.1),
             qPrintable(QString::number(loudness)));
}

/// A folder with tiny bundles, and a pipeline of a whole one.
class PipelineFixture {
public:
    PipelineFixture()
        : m_whole(bundleWith("whole", {}))
        , m_pipeline(std::make_unique<Pipeline>(m_whole)) {}

    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    const std::filesystem::path& wholeBundle() const { return m_whole; }
    Pipeline& pipeline() { return *m_pipeline; }

    Generation run(const Request& wanted) {
        Recorder monitor;
        return m_pipeline->run(wanted, monitor);
    }

    std::filesystem::path bundleWith(const char* name, const TinyBundle& parts) {
        const std::filesystem::path bundle = folder() / name;
        makeTinyBundle(bundle, parts);
        return bundle;
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_whole;
    std::unique_ptr<Pipeline> m_pipeline;
};

} // namespace n2m::test
