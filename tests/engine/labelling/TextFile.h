#pragma once

#include <QtCore/QFile>
#include <QtTest/QtTest>

/// The bytes of a file; "(missing)" where it cannot be read.
inline QByteArray contentOf(const QString& file) {
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(missing)");
}

inline void write(const QString& file, const QByteArray& content) {
    QFile opened(file);
    QVERIFY(opened.open(QIODevice::WriteOnly));
    opened.write(content);
}
