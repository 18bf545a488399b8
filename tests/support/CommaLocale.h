#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <clocale>
#include <cstdlib>

namespace n2m::test {

/// Sets a locale with a decimal comma for its lifetime, as QApplication does for a German user's studio. Makes the
/// locale from its definition (package locales), since build machines rarely have one.
class CommaLocale {
public:
    CommaLocale() {
        if (QProcess::execute("localedef", {"-i", "de_DE", "-f", "UTF-8", m_folder.filePath("de_DE.UTF-8")}) != 0)
            return;
        qputenv("LOCPATH", m_folder.path().toUtf8());
        m_isSet = std::setlocale(LC_ALL, "de_DE.UTF-8") && *std::localeconv()->decimal_point == ',';
    }
    ~CommaLocale() {
        std::setlocale(LC_ALL, "C");
        qunsetenv("LOCPATH");
    }
    CommaLocale(const CommaLocale&) = delete;
    CommaLocale& operator=(const CommaLocale&) = delete;

    bool isSet() const { return m_isSet; } ///< false: localedef or the definition is missing

private:
    QTemporaryDir m_folder;
    bool m_isSet = false;
};

} // namespace n2m::test
