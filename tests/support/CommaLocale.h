#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <clocale>
#include <cstdlib>

namespace n2m::test {

/// A locale whose decimals stand behind a comma, as long as it lives: what QApplication gives a German user's studio.
/// Made anew from its definition (package locales), since a machine that builds has seldom any.
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

    bool isSet() const { return m_isSet; } ///< false: there is no localedef, or no definition

private:
    QTemporaryDir m_folder;
    bool m_isSet = false;
};

} // namespace n2m::test
