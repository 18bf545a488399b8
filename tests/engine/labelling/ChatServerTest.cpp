#include "tests/engine/labelling/FakeServer.h"

#include "engine/base/Error.h"
#include "engine/labelling/ChatServer.h"

#include <QtTest/QtTest>

using namespace n2m::labelling;
using n2m::test::FakeServer;

/// The language model's client against a server that is slow, fails and lies.
class ChatServerTest : public QObject {
    Q_OBJECT

    static ChatOptions quick(const FakeServer& server) {
        ChatOptions options;
        options.url = server.url();
        options.model = "tiny";
        options.retries = 2;
        options.firstWait = 0.01;
        options.seconds = 20.0;
        return options;
    }
    static std::vector<ChatTurn> turns() { return {{ChatTurn::Speaker::User, "Blue Window by The Foxes :"}}; }

    /// The line of the error that asking ends with; empty without one.
    static std::string errorOf(ChatServer& chat) {
        try {
            chat.ask(turns(), 1);
        } catch (const std::exception& error) {
            return error.what();
        }
        return {};
    }

private Q_SLOTS:
    void sendsTheConversation() {
        FakeServer server([](const std::string&, int) { return FakeServer::answer(200, FakeServer::reply("Words.")); });
        ChatOptions options = quick(server);
        options.key = "secret-7";
        options.temperature = 0.5;
        options.url += "/";
        ChatServer chat(options);
        const ChatReply reply =
            chat.ask({{ChatTurn::Speaker::System, "Be \"plain\"."}, {ChatTurn::Speaker::User, "Go\n"}}, 5000000000);
        QCOMPARE(QString::fromStdString(reply.text), QString("Words."));
        QVERIFY(!reply.cut);
        const std::string request = server.requests().at(0);
        QVERIFY2(request.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), request.c_str());
        QVERIFY(request.find("\r\nAuthorization: Bearer secret-7\r\n") != std::string::npos);
        QVERIFY(request.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
        const auto body = nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
        QCOMPARE(body.at("temperature").get<double>(), 0.5);
        QCOMPARE(body.at("seed").get<std::uint64_t>(), std::uint64_t{5000000000 & 0x7fffffff});
        QCOMPARE(body.at("model").get<std::string>(), std::string("tiny"));
        QCOMPARE(body.at("messages").at(0).at("role").get<std::string>(), std::string("system"));
        QCOMPARE(body.at("messages").at(0).at("content").get<std::string>(), std::string("Be \"plain\"."));
        QCOMPARE(body.at("messages").at(1).at("role").get<std::string>(), std::string("user"));
    }

    void takesTheFirstModelOfTheServer() {
        FakeServer server([](const std::string& request, int) {
            const bool list = FakeServer::asksForModels(request);
            return FakeServer::answer(200, list ? FakeServer::models() : FakeServer::reply("Words."));
        });
        ChatOptions options = quick(server);
        options.model.clear();
        ChatServer chat(options);
        chat.ask(turns(), 1);
        chat.ask(turns(), 2);
        QCOMPARE(chat.model(), std::string("tiny"));
        QCOMPARE(server.requests().size(), std::size_t{3});
        QVERIFY(server.requests().at(0).find("Authorization") == std::string::npos); // no key, none sent
    }

    void readsChunksAndSlowBodies() {
        const std::string body = FakeServer::reply("Slow words.", "length");
        const std::string first = body.substr(0, 20), rest = body.substr(20);
        FakeServer server([&](const std::string&, int) {
            return FakeServer::Answer{
                {FakeServer::head(200, "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n")},
                {fmt::format("{:x}\r\n{}\r\n", first.size(), first), 60},
                {fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", rest.size(), rest), 60}};
        });
        ChatServer chat(quick(server));
        const ChatReply reply = chat.ask(turns(), 1);
        QCOMPARE(QString::fromStdString(reply.text), QString("Slow words."));
        QVERIFY(reply.cut);
        QCOMPARE(chat.requests(), 1);
    }

    void triesAgain_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("fields");
        QTest::newRow("too many requests") << 429 << "{\"error\": {\"message\": \"slow down\"}}"
                                           << "Retry-After: 0\r\n";
        QTest::newRow("loading the model") << 503 << "{\"error\": {\"message\": \"Loading model\"}}"
                                           << "";
        QTest::newRow("a gateway") << 502 << "<html>Bad Gateway</html>"
                                   << "";
        QTest::newRow("invalid JSON") << 200 << "{\"choices\": [{\"mess"
                                      << "";
        QTest::newRow("not UTF-8") << 200 << QString("{\"choices\": \x01}") << "";
        QTest::newRow("empty choices") << 200 << "{\"choices\": []}"
                                       << "";
        QTest::newRow("choices of another kind") << 200 << "{\"choices\": \"none\"}"
                                                 << "";
        QTest::newRow("no message") << 200 << "{\"choices\": [{\"text\": \"old interface\"}]}"
                                    << "";
        QTest::newRow("JSON, but a list") << 200 << "[1, 2]"
                                          << "";
        QTest::newRow("nothing") << 200 << ""
                                 << "";
    }

    void triesAgain() {
        QFETCH(int, status);
        QFETCH(QString, body);
        QFETCH(QString, fields);
        // Twice wrong, then right; and always wrong.
        for (const int wrong : {2, 1000}) {
            FakeServer server([&](const std::string&, int number) {
                return number < wrong
                           ? FakeServer::answer(status, body.toStdString(), "application/json", fields.toStdString())
                           : FakeServer::answer(200, FakeServer::reply("Words."));
            });
            ChatServer chat(quick(server));
            const std::string error = errorOf(chat);
            QCOMPARE(error.empty(), wrong == 2);
            QCOMPARE(error.find('\n'), std::string::npos);
            QCOMPARE(server.requests().size(), std::size_t{3});
        }
    }

    void waitsAsLongAsTheServerAsks() {
        FakeServer server([](const std::string&, int number) {
            return number == 0 ? FakeServer::answer(429, "{}", "application/json", "Retry-After: 1\r\n")
                               : FakeServer::answer(200, FakeServer::reply("Words."));
        });
        ChatOptions options = quick(server);
        options.firstWait = 0.0;
        ChatServer chat(options);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(errorOf(chat), std::string());
        QVERIFY(timer.elapsed() >= 1000);
    }

    void endsAtOnce_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("says");
        QTest::newRow("redirect") << 302 << ""
                                  << "text/plain"
                                  << "Location: http://127.0.0.1:9/elsewhere\r\n"
                                  << "sends one on to http://127.0.0.1:9/elsewhere; give that address with --url";
        QTest::newRow("web page") << 200 << "<!doctype html><title>Router</title>"
                                  << "text/html; charset=utf-8"
                                  << ""
                                  << "is a web page";
        QTest::newRow("web page that calls itself JSON") << 200 << "\n <html></html>"
                                                         << "application/json"
                                                         << ""
                                                         << "is a web page";
        QTest::newRow("wrong key") << 401 << "{\"error\": {\"message\": \"Invalid API Key\"}}"
                                   << "application/json"
                                   << ""
                                   << "refuses the key (401: Invalid API Key); set N2M_API_KEY";
        QTest::newRow("unknown model") << 404 << "{\"error\": \"model 'x' not found\"}"
                                       << "application/json"
                                       << ""
                                       << "(404: model 'x' not found)";
        QTest::newRow("context too small") << 400 << "{\"error\": {\"message\": \"exceeds\\nthe context\"}}"
                                           << "application/json"
                                           << ""
                                           << "reports an error (400: exceedsthe context)";
        QTest::newRow("error object with status 200") << 200 << "{\"error\": {\"code\": 7}}"
                                                      << "application/json"
                                                      << ""
                                                      << "reports an error: an error without a message";
        QTest::newRow("too long") << 200 << QString(5 << 20, 'x') << "application/json"
                                  << ""
                                  << "longer than any caption";
    }

    void endsAtOnce() {
        QFETCH(int, status);
        QFETCH(QString, body);
        QFETCH(QString, type);
        QFETCH(QString, fields);
        QFETCH(QString, says);
        FakeServer server([&](const std::string&, int) {
            return FakeServer::answer(status, body.toStdString(), type.toStdString(), fields.toStdString());
        });
        ChatServer chat(quick(server));
        const std::string error = errorOf(chat);
        QVERIFY2(error.find(says.toStdString()) != std::string::npos, error.c_str());
        QCOMPARE(error.find('\n'), std::string::npos);
        QCOMPARE(server.requests().size(), std::size_t{1});
    }

    void noticesAConnectionThatEndsEarly() {
        FakeServer server([](const std::string&, int number) {
            if (number == 0) return FakeServer::Answer{};
            if (number == 1) return FakeServer::Answer{{FakeServer::head(200, "Content-Length: 500\r\n") + "{\"cho"}};
            return FakeServer::Answer{{"this is not HTTP\r\n\r\n"}};
        });
        ChatServer chat(quick(server));
        const std::string error = errorOf(chat);
        QVERIFY2(error.find("the connection broke off") != std::string::npos, error.c_str());
        QCOMPARE(server.requests().size(), std::size_t{3});
    }

    void givesUpOnASlowServer() {
        FakeServer server([](const std::string&, int) {
            return FakeServer::Answer{{FakeServer::head(200, "Content-Length: 500\r\n")}, {"{", 60000}};
        });
        ChatOptions options = quick(server);
        options.seconds = 0.2;
        options.retries = 1;
        ChatServer chat(options);
        const std::string error = errorOf(chat);
        QVERIFY2(error.find("no whole answer within 0.2 s; give it more time with --timeout") != std::string::npos,
                 error.c_str());
        QCOMPARE(chat.requests(), 2);
    }

    void saysThatNoServerIsThere() {
        std::string url;
        {
            const FakeServer gone([](const std::string&, int) { return FakeServer::Answer{}; });
            url = gone.url();
        }
        ChatOptions options;
        options.url = url;
        ChatServer chat(options);
        const std::string error = errorOf(chat);
        QVERIFY2(error.find("no server answers there") != std::string::npos, error.c_str());
        QVERIFY2(error.find("--url") != std::string::npos, error.c_str());
        QCOMPARE(chat.requests(), 1); // no retries
    }

    void stopsWhenThePulseThrows() {
        FakeServer server([](const std::string&, int) {
            return FakeServer::Answer{{FakeServer::head(200, "Content-Length: 500\r\n")}, {"{", 60000}};
        });
        ChatServer chat(quick(server), [] { throw n2m::base::Failure("stopped"); });
        QCOMPARE(errorOf(chat), std::string("stopped"));
    }

    void refusesOptionsThatCannotBe() {
        const auto refused = [](const std::function<void(ChatOptions&)>& change) {
            ChatOptions options;
            change(options);
            try {
                ChatServer chat(options);
            } catch (const n2m::base::InvalidInput&) {
                return true;
            }
            return false;
        };
        QVERIFY(!refused([](ChatOptions&) {}));
        QVERIFY(refused([](ChatOptions& o) { o.temperature = -0.1; }));
        QVERIFY(refused([](ChatOptions& o) { o.temperature = NAN; }));
        QVERIFY(refused([](ChatOptions& o) { o.seconds = 0.0; }));
        QVERIFY(refused([](ChatOptions& o) { o.key = "a\r\nX-Other: b"; }));
        for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/v1", "", "http://", "localhost:8080", "h t t p"})
            QVERIFY2(refused([&](ChatOptions& o) { o.url = url; }), url);
    }
};

QTEST_GUILESS_MAIN(ChatServerTest)
#include "ChatServerTest.moc"
