#include "engine/labelling/HttpRequest.h"

#include "engine/base/Error.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <exception>
#include <memory>
#include <string_view>

namespace n2m::labelling {

namespace {

/// Starts and ends libcurl once for the whole program.
struct Library {
    Library() { ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }
    ~Library() {
        if (ready) curl_global_cleanup();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    bool ready = false;
};

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// Everything that libcurl's callbacks need. Exceptions must not cross libcurl, so they wait here.
struct Transfer {
    const std::function<void()>& pulse;
    std::size_t mostBytes;
    std::string body;
    bool tooLong = false;
    std::exception_ptr thrown;

    static std::size_t take(char* data, std::size_t size, std::size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        const std::size_t bytes = size * count;
        if (bytes > transfer.mostBytes - transfer.body.size()) {
            transfer.tooLong = true;
            return 0;
        }
        transfer.body.append(data, bytes);
        return bytes;
    }
    static int beat(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        auto& transfer = *static_cast<Transfer*>(self);
        try {
            if (transfer.pulse) transfer.pulse();
        } catch (...) {
            transfer.thrown = std::current_exception();
            return 1;
        }
        return 0;
    }
};

/// A part of a URL; empty if it has none or is not one.
std::string partOf(const std::string& url, CURLUPart part) {
    const std::unique_ptr<CURLU, FreeUrl> parts(curl_url());
    if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
    char* text = nullptr;
    if (curl_url_get(parts.get(), part, &text, 0) != CURLUE_OK) return {};
    std::string result = text;
    curl_free(text);
    return result;
}

bool isLoopback(const std::string& url) {
    const std::string host = partOf(url, CURLUPART_HOST);
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

HttpTrouble troubleOf(CURLcode code) {
    switch (code) {
    case CURLE_OK:
        return HttpTrouble::None;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
        return HttpTrouble::NoServer;
    case CURLE_OPERATION_TIMEDOUT:
        return HttpTrouble::Slow;
    default:
        return HttpTrouble::Broken;
    }
}

void readHead(CURL* handle, HttpAnswer& answer) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    const char* text = nullptr;
    if (curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text) answer.type = text;
    std::transform(answer.type.begin(), answer.type.end(), answer.type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &text) == CURLE_OK && text) answer.location = text;
    curl_header* header = nullptr;
    if (curl_easy_header(handle, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK) {
        curl_off_t wait = 0;
        curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait);
        answer.retryAfter = static_cast<double>(std::max<curl_off_t>(wait, 0));
    }
}

} // namespace

bool isWebAddress(const std::string& url) {
    const std::string scheme = partOf(url, CURLUPART_SCHEME);
    return (scheme == "http" || scheme == "https") && !partOf(url, CURLUPART_HOST).empty();
}

HttpResult send(const HttpRequest& request, const std::function<void()>& pulse) {
    static const Library library;
    const std::unique_ptr<CURL, CloseHandle> owner(library.ready ? curl_easy_init() : nullptr);
    CURL* handle = owner.get();
    if (!handle) throw base::Failure("libcurl cannot start");

    const auto milliseconds = [](double seconds) { return static_cast<long>(std::max(1.0, seconds * 1000.0)); };
    Transfer transfer{pulse, request.mostBytes, {}, false, nullptr};
    std::array<char, CURL_ERROR_SIZE> words{};
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle, option, value); };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, words.data());
    set(CURLOPT_USERAGENT, "noise2music");
    set(CURLOPT_TIMEOUT_MS, milliseconds(request.seconds));
    set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connectSeconds));
    set(CURLOPT_WRITEFUNCTION, &Transfer::take);
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::beat);
    set(CURLOPT_XFERINFODATA, &transfer);
    // A server on this machine is not behind the proxy that the environment may name.
    if (isLoopback(request.url)) set(CURLOPT_NOPROXY, "*");

    std::unique_ptr<curl_slist, FreeList> headers(curl_slist_append(nullptr, "Accept: application/json"));
    if (!request.body.empty()) {
        curl_slist_append(headers.get(), "Content-Type: application/json");
        curl_slist_append(headers.get(), "Expect:"); // no wait for "100 Continue"
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (!request.key.empty()) curl_slist_append(headers.get(), ("Authorization: Bearer " + request.key).c_str());
    set(CURLOPT_HTTPHEADER, headers.get());

    const CURLcode code = curl_easy_perform(handle);
    if (transfer.thrown) std::rethrow_exception(transfer.thrown);
    HttpResult result;
    result.trouble = transfer.tooLong ? HttpTrouble::TooLong : troubleOf(code);
    if (code != CURLE_OK) result.reason = words.front() != '\0' ? words.data() : curl_easy_strerror(code);
    readHead(handle, result.answer);
    result.answer.body = std::move(transfer.body);
    return result;
}

} // namespace n2m::labelling
