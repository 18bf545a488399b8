#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace n2m::ui {

/// A stage of the cascade as its settings are shown. Values are the bundle's defaults. A plain value.
struct StageFacts {
    QString name;         ///< the bundle's: "spectrogram-generator"
    int steps = 0;        ///< 0: nothing to set
    bool denoises = true; ///< false: a computation without a network, which has steps at most
    QString sampler, schedule;
    double gamma = 0.0, guidance = 1.0, planGuidance = 1.0, temperature = 1.0;
    bool takesText = false, takesPlan = false;
};

/// What the window must know of the loaded bundle. A plain value, made by the program (ui knows no engine).
struct ModelFacts {
    QString name, folder, hash;
    QString device = "cpu"; ///< that computes
    double seconds = 30.0; ///< the usual length
    double minimumSeconds = 1.0, maximumSeconds = 120.0;
    int tokenLimit = 0; ///< 0 = unknown
    bool takesPlan = false;
    std::vector<StageFacts> stages;
    QStringList samplers, schedules;
};

/// How many tokens a prompt has, and where it would be cut: the index of the first character that is not read, or −1.
struct TokenCount {
    int tokens = 0;
    int limit = 0;
    int cutAt = -1;
};
using TokenCounter = std::function<TokenCount(const QString&)>;

/// "DPM++ 2M" for "dpmpp", and so on; the name itself where there is no better one.
QString samplerTitle(const QString& name);

/// "Spectrogram" for "spectrogram-generator", and so on; the name itself where there is no better one.
QString stageTitle(const QString& name);

} // namespace n2m::ui
