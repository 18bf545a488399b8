#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace n2m::test {

/// A small web server on a free port of this machine, in a thread of its own. It gives each request to a handler, and
/// sends what that returns as it is: it may be slow, break off or lie. One connection at a time, closed after the
/// answer.
class FakeServer {
public:
    /// Bytes to send, each after a pause in milliseconds.
    struct Part {
        std::string bytes;
        int pause = 0;
    };
    using Answer = std::vector<Part>;
    /// Gets the whole request, head and body, and how many came before it. On the server's thread.
    using Handler = std::function<Answer(const std::string& request, int number)>;

    explicit FakeServer(Handler handler)
        : m_handler(std::move(handler)) {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        bool ready = bind(m_socket, reinterpret_cast<sockaddr*>(&address), length) == 0 && listen(m_socket, 16) == 0;
        ready = ready && getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length) == 0;
        m_port = ready ? ntohs(address.sin_port) : 0;
        m_thread = std::thread([this] { serve(); });
    }
    ~FakeServer() {
        m_stop = true;
        m_thread.join();
        close(m_socket);
    }
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/v1"; }
    std::vector<std::string> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

    static std::string head(int status, const std::string& fields) {
        return "HTTP/1.1 " + std::to_string(status) + " Status\r\nConnection: close\r\n" + fields + "\r\n";
    }
    static Answer answer(int status, const std::string& body, const std::string& type = "application/json",
                         const std::string& fields = {}) {
        return {{head(status, "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
                                  fields) +
                 body}};
    }
    /// The answer of a language model's server; `text` is the inside of a JSON string.
    static std::string reply(const std::string& text, const std::string& finish = "stop") {
        return R"({"choices": [{"message": {"role": "assistant", "content": ")" + text + R"("}, "finish_reason": ")" +
               finish + R"("}]})";
    }
    static std::string models() { return R"({"data": [{"id": "tiny"}, {"id": "large"}]})"; }
    static bool asksForModels(const std::string& request) { return request.starts_with("GET /v1/models "); }

private:
    void serve() {
        while (!m_stop) {
            pollfd waiting{m_socket, POLLIN, 0};
            if (poll(&waiting, 1, 20) <= 0) continue;
            const int connection = accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) continue;
            converse(connection);
            close(connection);
        }
    }
    void converse(int connection) {
        std::string request;
        while (!m_stop && !isWhole(request)) {
            pollfd waiting{connection, POLLIN, 0};
            if (poll(&waiting, 1, 20) <= 0) continue;
            char block[4096];
            const ssize_t got = recv(connection, block, sizeof block, 0);
            if (got <= 0) return;
            request.append(block, static_cast<std::size_t>(got));
        }
        int number = 0;
        {
            const std::lock_guard lock(m_mutex);
            number = static_cast<int>(m_requests.size());
            m_requests.push_back(request);
        }
        for (const Part& part : m_handler(request, number)) {
            for (int waited = 0; waited < part.pause && !m_stop; waited += 10)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            if (m_stop) return;
            std::string_view rest = part.bytes;
            while (!rest.empty()) {
                const ssize_t sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
                if (sent <= 0) return;
                rest.remove_prefix(static_cast<std::size_t>(sent));
            }
        }
    }
    static bool isWhole(const std::string& request) {
        const std::size_t end = request.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const std::size_t field = request.find("Content-Length: ");
        const std::size_t body = field < end ? std::stoul(request.substr(field + 16)) : 0;
        return request.size() >= end + 4 + body;
    }

    Handler m_handler;
    int m_socket = -1;
    int m_port = 0;
    std::atomic<bool> m_stop{false};
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::thread m_thread;
};

} // namespace n2m::test
