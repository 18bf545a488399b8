#pragma once

#include <QApplication>
#include <QObject>
#include <QWidget>

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace n2m::test {

/// Answers dialogs that open one after another; an unexpected one ends the test program.
class Answers : public QObject {
public:
    using Answer = std::function<bool(QWidget*)>; ///< false: not the expected dialog yet

    explicit Answers(std::vector<Answer> answers)
        : m_answers(std::move(answers)) {
        startTimer(20);
    }
    bool allGiven() const { return m_next == m_answers.size(); }

protected:
    void timerEvent(QTimerEvent*) override {
        QWidget* dialog = QApplication::activeModalWidget();
        if (!dialog || m_next == m_answers.size()) return;
        if (++m_waited > 250) qFatal("an unexpected dialog: %s", dialog->metaObject()->className());
        const std::size_t now = m_next++; // the answer may open the next dialog
        if (m_answers[now](dialog))
            m_waited = 0;
        else
            m_next = now;
    }

private:
    std::vector<Answer> m_answers;
    std::size_t m_next = 0;
    int m_waited = 0;
};

} // namespace n2m::test
