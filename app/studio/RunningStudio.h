#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

#include <filesystem>

namespace n2m::studio {

/// The one studio that a user has open on a library: another one that is started on it hands its files over and ends.
/// They meet at a socket in the user's runtime folder, named after the library; what a killed studio leaves of it does
/// no harm. GUI thread.
class RunningStudio : public QObject {
    Q_OBJECT

public:
    explicit RunningStudio(const std::filesystem::path& library, QObject* parent = nullptr);

    /// True: one that runs has taken the files (absolute; none: it just comes to the front). False: there is none, or
    /// none that answers, and this is to be the one from now on. Waits for the answer, before there is a window.
    bool handOver(const QStringList& files);
    /// From now on called() is heard; who called before waits for it.
    void beginAnswering();

Q_SIGNALS:
    /// Somebody started the program again, with these files.
    void called(const QStringList& files);

private:
    void answer();
    void read(QLocalSocket& socket);

    QString m_name;
    QLocalServer m_server;
};

} // namespace n2m::studio
