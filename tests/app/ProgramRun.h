#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QMap>
#include <QtCore/QProcess>
#include <QtCore/QStringList>

#include <sys/resource.h>

namespace n2m::test {

/// The result of one run of the real program.
struct ProgramRun {
    int exitCode = -1; ///< -1: did not start, was killed by a signal or took too long
    QByteArray out, err;

    /// Whether stderr has a single line that begins "noise2music: ", and stdout nothing.
    bool isOneErrorLine() const {
        return out.isEmpty() && err.startsWith("noise2music: ") && err.endsWith('\n') && err.count('\n') == 1 &&
               err.size() < 500;
    }
};

/// The conditions of a run.
struct Surroundings {
    QString folder;                        ///< the current one if empty
    QMap<QString, QString> variables = {}; ///< added to the environment
    rlim_t largestFile = RLIM_INFINITY;    ///< bytes; longer files cannot be written, as on a full disk
};

/// Runs build/…/bin/noise2music.
inline ProgramRun runProgram(const QStringList& arguments, const Surroundings& surroundings = {}) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("N2M_BUNDLE");
    for (auto variable = surroundings.variables.begin(); variable != surroundings.variables.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    process.setProcessEnvironment(environment);
    if (!surroundings.folder.isEmpty()) process.setWorkingDirectory(surroundings.folder);
    if (surroundings.largestFile != RLIM_INFINITY)
        process.setChildProcessModifier([limit = surroundings.largestFile] {
            const rlimit both = {limit, limit};
            setrlimit(RLIMIT_FSIZE, &both);
        });
    process.start(N2M_BINARY_DIR "/bin/noise2music", arguments);
    ProgramRun run;
    if (!process.waitForFinished(400'000)) {
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
