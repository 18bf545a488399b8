#include "engine/labelling/ChatServer.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

namespace n2m::labelling {

using nlohmann::json;

namespace {

constexpr double longestWait = 30.0, longestWaitAsked = 120.0; // seconds

bool isWorthAnother(const HttpResult& result) {
    if (result.trouble == HttpTrouble::Slow || result.trouble == HttpTrouble::Broken) return true;
    const int status = result.answer.status;
    return result.trouble == HttpTrouble::None &&
           (status == 429 || status == 500 || status == 502 || status == 503 || status == 504);
}

bool isWebPage(const HttpAnswer& answer) {
    const std::size_t begin = answer.body.find_first_not_of(" \t\r\n");
    return answer.type.starts_with("text/html") || (begin != std::string::npos && answer.body[begin] == '<');
}

/// The server's own words for an error: {"error": {"message": "…"}} or {"error": "…"}.
std::string complaintIn(const std::string& body) {
    const json parsed = json::parse(body, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("error")) return {};
    const json& error = parsed["error"];
    if (error.is_string()) return base::printable(error.get<std::string>());
    if (error.is_object() && error.contains("message") && error["message"].is_string())
        return base::printable(error["message"].get<std::string>());
    return "an error without a message";
}

/// The line for a request that failed in the end.
base::Failure failureOf(const std::string& place, const HttpResult& result, double seconds) {
    const HttpAnswer& answer = result.answer;
    const std::string complaint = complaintIn(answer.body);
    const std::string reason = complaint.empty() ? std::string() : ": " + complaint;
    switch (result.trouble) {
    case HttpTrouble::NoServer:
        return base::Failure("{}: no server answers there ({}); start one (llama-server -m MODEL.gguf, or ollama "
                             "serve) or give its address with --url",
                             place, base::printable(result.reason));
    case HttpTrouble::Slow:
        return base::Failure("{}: no whole answer within {:g} s; give it more time with --timeout", place, seconds);
    case HttpTrouble::Broken:
        return base::Failure("{}: the connection broke off: {}", place, base::printable(result.reason));
    case HttpTrouble::TooLong:
        return base::Failure("{}: the answer is longer than any caption and was not read to its end", place);
    case HttpTrouble::None:
        break;
    }
    if (answer.status >= 300 && answer.status < 400)
        return base::Failure("{}: the server sends one on to {}; give that address with --url", place,
                             answer.location.empty() ? "nowhere" : base::printable(answer.location));
    if (answer.status == 401 || answer.status == 403)
        return base::Failure("{}: the server refuses the key ({}{}); set N2M_API_KEY in the environment", place,
                             answer.status, reason);
    if (answer.status == 404)
        return base::Failure("{}: the server does not know this ({}{}); the address should end in /v1, and --model "
                             "should name one of its models",
                             place, answer.status, reason);
    if (answer.status == 429 || answer.status == 503)
        return base::Failure("{}: the server is too busy ({}{}); try again later", place, answer.status, reason);
    return base::Failure("{}: the server reports an error ({}{})", place, answer.status, reason);
}

/// Checks an answer with status 200 and gives its JSON; `wrong` receives the reason where it is not JSON.
json contentOf(const std::string& place, const std::string& body, std::string& wrong) {
    const std::string complaint = complaintIn(body);
    if (!complaint.empty()) throw base::Failure("{}: the server reports an error: {}", place, complaint);
    json parsed = json::parse(body, nullptr, false);
    if (parsed.is_discarded()) wrong = "the answer is not valid JSON";
    return parsed;
}

ChatReply replyOf(const json& answer, std::string& wrong) {
    ChatReply reply;
    const json* choices = answer.is_object() && answer.contains("choices") ? &answer["choices"] : nullptr;
    if (!choices || !choices->is_array() || choices->empty() || !choices->front().is_object()) {
        wrong = "the answer has no choices in it";
        return reply;
    }
    const json& choice = choices->front();
    const json* message = choice.contains("message") ? &choice["message"] : nullptr;
    if (!message || !message->is_object()) {
        wrong = "the answer has no message in it";
        return reply;
    }
    if (message->contains("content") && (*message)["content"].is_string())
        reply.text = (*message)["content"].get<std::string>();
    reply.cut = choice.contains("finish_reason") && choice["finish_reason"] == "length";
    return reply;
}

const char* nameOf(ChatTurn::Speaker speaker) {
    return speaker == ChatTurn::Speaker::System ? "system" : speaker == ChatTurn::Speaker::User ? "user" : "assistant";
}

} // namespace

ChatServer::ChatServer(ChatOptions options, std::function<void()> pulse)
    : m_options(std::move(options))
    , m_pulse(std::move(pulse)) {
    if (!isWebAddress(m_options.url))
        throw base::InvalidInput("'{}' is not an address of a server; give one such as {}",
                                 base::printable(m_options.url), ChatOptions::defaultUrl);
    if (!(m_options.temperature >= 0.0 && m_options.temperature <= 2.0))
        throw base::InvalidInput("a temperature of {:g} is not between 0 and 2", m_options.temperature);
    if (!(m_options.seconds >= 0.1 && m_options.seconds <= 86400.0))
        throw base::InvalidInput("a timeout of {:g} s is not between 0.1 and 86400 s", m_options.seconds);
    // A line break in a key would begin another header.
    if (std::any_of(m_options.key.begin(), m_options.key.end(), [](unsigned char c) { return c <= 0x20 || c >= 0x7f; }))
        throw base::InvalidInput("the key in N2M_API_KEY has blanks or characters that a key cannot have");
    while (m_options.url.ends_with('/'))
        m_options.url.pop_back();
    m_model = m_options.model;
}

void ChatServer::wait(double seconds) const {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    while (Clock::now() < end) {
        if (m_pulse) m_pulse();
        std::this_thread::sleep_for(std::min<Clock::duration>(end - Clock::now(), std::chrono::milliseconds(100)));
    }
}

HttpResult ChatServer::attempt(const HttpRequest& request) {
    ++m_requests;
    return send(request, m_pulse);
}

std::string ChatServer::fetch(const std::string& place, const std::string& body) {
    HttpRequest request;
    request.url = m_options.url + place;
    request.body = body;
    request.key = m_options.key;
    request.seconds = m_options.seconds;
    const std::string shown = base::printable(request.url);
    double pause = m_options.firstWait;
    for (int left = m_options.retries;; --left) {
        HttpResult result = attempt(request);
        const bool done = result.trouble == HttpTrouble::None && result.answer.status == 200;
        if (done && isWebPage(result.answer))
            throw base::Failure("{}: the answer is a web page, not a language model's; the address should end in /v1",
                                shown);
        if (done) return std::move(result.answer.body);
        if (left <= 0 || !isWorthAnother(result)) throw failureOf(shown, result, m_options.seconds);
        const double asked = result.answer.retryAfter;
        wait(asked >= 0.0 ? std::min(asked, longestWaitAsked) : pause);
        pause = std::min(longestWait, pause * 2.0);
    }
}

const std::string& ChatServer::model() {
    if (!m_model.empty()) return m_model;
    const std::string place = base::printable(m_options.url + "/models");
    std::string wrong;
    const json list = contentOf(place, fetch("/models", {}), wrong);
    const json* models = list.is_object() && list.contains("data") ? &list["data"] : nullptr;
    if (models && models->is_array() && !models->empty() && models->front().is_object() &&
        models->front().contains("id") && models->front()["id"].is_string())
        m_model = models->front()["id"].get<std::string>();
    if (m_model.empty())
        throw base::Failure("{}: the server lists no models; name one with --model (ollama: pull it first)", place);
    return m_model;
}

ChatReply ChatServer::ask(const std::vector<ChatTurn>& turns, std::uint64_t seed) {
    json request = {{"model", model()},
                    {"messages", json::array()},
                    {"temperature", m_options.temperature},
                    {"max_tokens", m_options.mostTokens},
                    // Servers read it as a number of 32 bits with a sign.
                    {"seed", seed & 0x7fffffffU},
                    {"stream", false}};
    for (const ChatTurn& turn : turns)
        request["messages"].push_back({{"role", nameOf(turn.speaker)}, {"content", turn.text}});
    const std::string body = request.dump(-1, ' ', false, json::error_handler_t::replace);
    const std::string place = "/chat/completions", shown = base::printable(m_options.url + place);
    double pause = m_options.firstWait;
    for (int left = m_options.retries;; --left) {
        std::string wrong;
        const json answer = contentOf(shown, fetch(place, body), wrong);
        const ChatReply reply = wrong.empty() ? replyOf(answer, wrong) : ChatReply{};
        if (wrong.empty()) return reply;
        if (left <= 0) throw base::Failure("{}: {}; is this a server of language models?", shown, wrong);
        wait(pause);
        pause = std::min(longestWait, pause * 2.0);
    }
}

} // namespace n2m::labelling
