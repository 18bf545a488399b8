#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace n2m::labelling {

/// A request to a server on the web: GET, or POST where there is a body. A plain value.
struct HttpRequest {
    std::string url;
    std::string body;                 ///< JSON; empty = GET
    std::string key;                  ///< sent as a bearer token where it is not empty
    double seconds = 120.0;           ///< the whole answer must be there after this time
    double connectSeconds = 10.0;     ///< the server must have taken the connection
    std::size_t mostBytes = 4U << 20; ///< of the answer's body
};

/// The answer of a server, of any status. A plain value.
struct HttpAnswer {
    int status = 0;
    std::string type;         ///< Content-Type, in lower case
    std::string location;     ///< of a redirect, which is not followed: the key would go along
    double retryAfter = -1.0; ///< seconds that the server asks to wait; negative = it does not say
    std::string body;
};

/// The reason why there is no answer.
enum class HttpTrouble {
    None,
    NoServer, ///< unknown host, or nothing listens there
    Slow,     ///< no whole answer in time
    Broken,   ///< the connection ended early, or it was not HTTP
    TooLong,  ///< more than HttpRequest::mostBytes
};

struct HttpResult {
    HttpTrouble trouble = HttpTrouble::None;
    std::string reason; ///< libcurl's words for the trouble, in English
    HttpAnswer answer;
};

/// Whether a text is a whole URL of http or https. Any thread.
bool isWebAddress(const std::string& url);

/// Sends the request and waits for the answer. `pulse` is called several times a second on the caller's thread and may
/// throw to give up; its exception comes out. Throws base::Failure only if libcurl cannot start. Any thread.
HttpResult send(const HttpRequest& request, const std::function<void()>& pulse = {});

} // namespace n2m::labelling
