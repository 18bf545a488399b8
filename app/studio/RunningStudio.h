#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

#include <filesystem>

namespace n2m::studio {

/// Keeps one studio per user and library: a second one hands its files to the first and ends. They meet at a socket in
/// the user's runtime folder, named after the library; the socket of a killed studio is harmless. GUI thread.
class RunningStudio : public QObject {
    Q_OBJECT

public:
    explicit RunningStudio(const std::filesystem::path& library, QObject* parent = nullptr);

    /// True: a running studio has taken the files (absolute; none: it only comes to the front). False: none answers,
    /// and this one listens from now on. Waits for the answer; call it before there is a window.
    bool handOver(const QStringList& files);
    /// Answers calls from now on, first those that wait.
    void beginAnswering();

Q_SIGNALS:
    /// The program was started again, with these files.
    void called(const QStringList& files);

private:
    void answer();
    void read(QLocalSocket& socket);

    QString m_name;
    QLocalServer m_server;
};

} // namespace n2m::studio
