#include "app/studio/RunningStudio.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QLockFile>
#include <QStandardPaths>

#include <unistd.h>

namespace n2m::studio {
namespace {

constexpr int connectTime = 1000, answerTime = 20000; // milliseconds; a studio loads its model before it answers
const QByteArray taken = "taken\n";

QString socketOf(const std::filesystem::path& library) {
    const std::filesystem::path folder = std::filesystem::weakly_canonical(std::filesystem::absolute(library));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(getuid()) + ' ' + QByteArray::fromStdString(folder.string()));
    constexpr qsizetype digits = 16; // a socket's name may have 107 bytes
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/noise2music-studio-") +
           QString::fromLatin1(hash.result().toHex().left(digits));
}

} // namespace

RunningStudio::RunningStudio(const std::filesystem::path& library, QObject* parent)
    : QObject(parent)
    , m_name(socketOf(library)) {}

bool RunningStudio::handOver(const QStringList& files) {
    QLockFile turn(m_name + QStringLiteral(".lock")); // orders two studios that start at once
    turn.tryLock(answerTime);
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (socket.waitForConnected(connectTime)) {
        socket.write(QJsonDocument(QJsonArray::fromStringList(files)).toJson(QJsonDocument::Compact) + '\n');
        socket.waitForBytesWritten(answerTime);
        return socket.waitForReadyRead(answerTime) && socket.readAll() == taken;
    }
    QLocalServer::removeServer(m_name); // left by a killed studio
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.listen(m_name); // if that fails, each studio stays on its own
    return false;
}

void RunningStudio::beginAnswering() {
    connect(&m_server, &QLocalServer::newConnection, this, &RunningStudio::answer);
    answer();
}

void RunningStudio::answer() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(*socket); });
        read(*socket);
    }
}

void RunningStudio::read(QLocalSocket& socket) {
    if (!socket.canReadLine()) return;
    QStringList files;
    for (const QJsonValue& file : QJsonDocument::fromJson(socket.readLine()).array())
        files << file.toString();
    socket.write(taken);
    socket.flush();
    Q_EMIT called(files);
}

} // namespace n2m::studio
