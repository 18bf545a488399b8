#include "engine/base/Error.h"

#include <QtTest/QtTest>

#include <new>
#include <string>

using namespace n2m::base;

namespace {

std::string german(const std::string& format) {
    if (format == "{} is {:g}; it may be {:g} to {:g}") return "{0} darf {2:g} bis {3:g} sein, nicht {1:g}";
    if (format == "the tempo") return "das Tempo";
    if (format == "broken") return "{} {} {}";
    return format;
}

} // namespace

class ErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsTheEnglishLine() {
        const InvalidInput error("{} is {:g}; it may be {:g} to {:g}", Message("the tempo"), 12.5, 1, 3.0);
        QCOMPARE(error.what(), "the tempo is 12.5; it may be 1 to 3");
        QCOMPARE(Failure("no braces: {{}}").what(), "no braces: {}");
    }

    void aTranslationMayReorderAndHasItsOwnDecimals() {
        const Message message("{} is {:g}; it may be {:g} to {:g}", Message("the tempo"), 12.5, 1, 3.25);
        QCOMPARE(message.text(german, ','), std::string("das Tempo darf 1 bis 3,25 sein, nicht 12,5"));
    }

    void aTranslationThatDoesNotFitLeavesTheEnglishLine() {
        QCOMPARE(Message("broken").text(german), std::string("broken"));
    }

    void textOfArgumentsIsNotAFormat() {
        QCOMPARE(Message("{}: {}", std::string("{1}.wav"), "{").text(german), std::string("{1}.wav: {"));
        QCOMPARE(Message::verbatim("100 {%}").text(german), std::string("100 {%}"));
        QCOMPARE(Message::verbatim("the tempo").text(german), Message("the tempo").text(german)); // known as a whole
    }

    void messagesSurviveADatabase() {
        const Message message("{}: {} of {} after {:.1f} s", Message("the tempo"), -3, std::size_t(18), 2.25);
        QVERIFY(Message::parse(message.serialised()) == message);
        QCOMPARE(Message::parse(message.serialised()).text(), message.text());
    }

    void otherTextIsTakenAsItIs() {
        for (const char* text : {"", "disk full", "{\"format\"", "{\"format\":3,\"arguments\":[]}", "{\"a\":[]}"})
            QCOMPARE(Message::parse(text).text(), std::string(text));
    }

    void everyExceptionHasALine() {
        QCOMPARE(messageOf(std::runtime_error("another library's")).text(), std::string("another library's"));
        QCOMPARE(messageOf(std::bad_alloc()).text(), std::string("there is not enough memory"));
        QCOMPARE(within("a.json", InvalidInput("{} is missing", "bpm")).text(), std::string("a.json: bpm is missing"));
    }

    void bothAreCaughtAsTheStandardOnes() {
        QVERIFY_EXCEPTION_THROWN(throw InvalidInput("x"), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(throw Failure("x"), std::runtime_error);
    }
};

QTEST_GUILESS_MAIN(ErrorTest)
#include "ErrorTest.moc"
