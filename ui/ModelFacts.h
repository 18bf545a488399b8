#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace n2m::ui {

/// A stage of the cascade with the bundle's default settings. A plain value.
struct StageFacts {
    QString name;         ///< the bundle's: "spectrogram-generator"
    int steps = 0;        ///< 0: the stage has no settings
    bool denoises = true; ///< false: a computation without a network, with steps at most
    QString sampler, schedule;
    double gamma = 0.0, guidance = 1.0, planGuidance = 1.0, temperature = 1.0;
    bool takesText = false, takesPlan = false;
};

/// The facts of the loaded bundle that the window shows. A plain value, filled in by the studio.
struct ModelFacts {
    QString name, folder, hash;
    QString device = "cpu"; ///< the model runs on it
    double seconds = 30.0;  ///< the default length
    double minimumSeconds = 1.0, maximumSeconds = 120.0;
    int tokenLimit = 0; ///< 0 = unknown
    bool takesPlan = false;
    std::vector<StageFacts> stages;
    QStringList samplers, schedules;
};

/// The number of a prompt's tokens, and the index of the first character that is not read, or −1. A plain value.
struct TokenCount {
    int tokens = 0;
    int limit = 0;
    int cutAt = -1;
};
using TokenCounter = std::function<TokenCount(const QString&)>;

/// A sampler's name for people: "DPM++ 2M" for "dpmpp"; unknown names stay as they are.
QString samplerTitle(const QString& name);

/// A stage's name for people: "Spectrogram" for "spectrogram-generator"; unknown names stay as they are.
QString stageTitle(const QString& name);

} // namespace n2m::ui
