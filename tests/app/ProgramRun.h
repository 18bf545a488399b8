#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QMap>
#include <QtCore/QProcess>
#include <QtCore/QStringList>

namespace n2m::test {

/// What came of one run of the real program.
struct ProgramRun {
    int exitCode = -1; ///< -1: did not start, was killed by a signal or took too long
    QByteArray out, err;

    /// One line on stderr that begins "noise2music: " and nothing else; none of it on stdout.
    bool isOneErrorLine() const {
        return out.isEmpty() && err.startsWith("noise2music: ") && err.endsWith('\n') && err.count('\n') == 1 &&
               err.size() < 500;
    }
};

/// Runs build/…/bin/noise2music in `folder` (the current one if empty) with `variables` added to the environment.
inline ProgramRun runProgram(const QStringList& arguments, const QString& folder = {},
                             const QMap<QString, QString>& variables = {}) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("N2M_BUNDLE");
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    process.setProcessEnvironment(environment);
    if (!folder.isEmpty()) process.setWorkingDirectory(folder);
    process.start(N2M_BINARY_DIR "/bin/noise2music", arguments);
    ProgramRun run;
    if (!process.waitForFinished(120'000)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        run.exitCode = process.exitCode();
    }
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

} // namespace n2m::test
