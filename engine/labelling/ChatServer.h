#pragma once

#include "engine/labelling/HttpRequest.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace n2m::labelling {

/// The address of a language model and how patient to be with it. A plain value.
struct ChatOptions {
    std::string url = defaultUrl; ///< of the interface, up to and with its /v1
    std::string model;            ///< empty = the first one that the server lists
    std::string key;              ///< a secret for the server; empty = none is sent
    double seconds = 120.0;       ///< for one answer
    double temperature = 1.0;     ///< 0 to 2
    int mostTokens = 120;         ///< of one answer
    int retries = 5;              ///< after an overload, a slow answer, a lost connection
    double firstWait = 1.0;       ///< seconds before the first retry; each further one doubles it, up to 30 s

    /// The address at which llama.cpp's server listens where it is not told otherwise.
    static constexpr const char* defaultUrl = "http://127.0.0.1:8080/v1";
};

/// One turn of a conversation.
struct ChatTurn {
    enum class Speaker { System, User, Model };
    Speaker speaker = Speaker::User;
    std::string text;
};

/// The model's words. `cut` says that they end because they reached the limit of tokens.
struct ChatReply {
    std::string text;
    bool cut = false;
};

/// A language model behind the OpenAI-compatible HTTP interface that llama.cpp and Ollama offer. One thread at a time.
///
/// Overload (429, 503), other failures of the server (500, 502, 504), slow answers, lost connections and answers that
/// are not what was asked for are tried again, with growing waits or after the seconds that the server asks for.
/// Everything else ends at once: no server, a wrong key, a redirect (not followed), a web page. All errors are one
/// line: base::InvalidInput for options that cannot be, base::Failure for the server's part.
class ChatServer {
public:
    /// Checks the options and does not connect yet. `pulse` is called several times a second while the server is
    /// waited for, on the caller's thread, and may throw to give up.
    explicit ChatServer(ChatOptions options, std::function<void()> pulse = {});

    /// The name of the model: the option's or the first of the server's list, which is asked for once.
    const std::string& model();

    /// The same turns and seed give the same words where the server is deterministic. llama.cpp's is nearly so: what is
    /// left in its cache of prompts changes the last digits. Empty text: the model had nothing to say.
    ChatReply ask(const std::vector<ChatTurn>& turns, std::uint64_t seed);

    /// Requests that were sent, retries included.
    int requests() const { return m_requests; }

private:
    std::string fetch(const std::string& place, const std::string& body);
    HttpResult attempt(const HttpRequest& request);
    void wait(double seconds) const;

    ChatOptions m_options;
    std::function<void()> m_pulse;
    std::string m_model;
    int m_requests = 0;
};

} // namespace n2m::labelling
