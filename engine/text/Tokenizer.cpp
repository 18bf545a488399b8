#include "engine/text/Tokenizer.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Utf8.h"
#include "engine/text/SentencePieceModule.h"
#include "engine/text/SpieceCheck.h"

#include <fmt/format.h>

#include <algorithm>

#include <dlfcn.h>

namespace n2m::text {

namespace {

constexpr std::size_t mostModelBytes = 64 << 20; // the model of multilingual T5, the largest known, has 4.3 MB

// The files that may be the module: in the program's folder, in the lib folder next to the program's bin (build tree
// and installation), and in the folder that was configured for the installation.
std::vector<std::filesystem::path> modulePlaces() {
    std::vector<std::filesystem::path> folders;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error) {
        const auto folder = program.parent_path();
        folders.insert(folders.end(), {folder, folder.parent_path() / "lib", folder.parent_path() / N2M_MODULE_FOLDER});
    }
    folders.emplace_back(N2M_MODULE_INSTALL_FOLDER);
    for (auto& folder : folders)
        folder /= N2M_SENTENCEPIECE_FILE;
    return folders;
}

void* openModule(const std::filesystem::path& file) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    // The sanitizers refuse RTLD_DEEPBIND. A separate namespace has the same effect, but loads a second C library.
    return dlmopen(LM_ID_NEWLM, file.c_str(), RTLD_NOW | RTLD_LOCAL);
#else
    return dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
#endif
}

const SentencePieceModule& loadModule() {
    std::string reasons;
    for (const auto& place : modulePlaces()) {
        std::error_code ignored;
        if (!std::filesystem::exists(place, ignored)) {
            reasons += fmt::format("; {} is not there", place.string());
            continue;
        }
        // The module is never closed: its objects may live as long as the program.
        void* const handle = openModule(place);
        void* const factory = handle ? dlsym(handle, sentencePieceFactory) : nullptr;
        if (factory) return *reinterpret_cast<SentencePieceFactory>(factory)();
        reasons += fmt::format("; {}", dlerror());
    }
    throw base::Failure("the tokenizer's module could not be loaded{}", base::printable(reasons));
}

const SentencePieceModule& module() {
    static const SentencePieceModule& loaded = loadModule();
    return loaded;
}

struct Reply final : SentencePieceReply {
    std::vector<int> numbers;
    std::string text, reason;
    void ids(const int* first, std::size_t count) noexcept override { numbers.assign(first, first + count); }
    void bytes(const char* first, std::size_t count) noexcept override { text.assign(first, count); }
    void failure(const char* why) noexcept override {
        reason = why && *why ? why : "unknown failure";
        // Takes the words of "./src/a.cc(1) [the condition] In words", where there are some.
        const std::size_t words = reason.find("] ");
        if (reason.starts_with("./") && words != std::string::npos && words + 2 < reason.size())
            reason.erase(0, words + 2);
    }
};

} // namespace

Tokenizer::Tokenizer(const std::filesystem::path& file) {
    const std::string bytes = base::readTextFile(file, mostModelBytes);
    try {
        checkSpiece(bytes);
    } catch (const std::runtime_error& error) {
        throw base::Failure("{}: is not a SentencePiece model: {}", base::printable(file.string()),
                            base::messageOf(error));
    }
    Reply reply;
    SentencePieceModel* const opened = module().open(bytes.data(), bytes.size(), reply);
    if (!opened) {
        throw base::Failure("{}: is not a SentencePiece model ({})", base::printable(file.string()),
                            base::printable(reply.reason));
    }
    m_model = std::shared_ptr<const SentencePieceModel>(opened, [opened](const auto*) { opened->destroy(); });
    if (vocabularySize() <= 0 || eosId() < 0) {
        throw base::Failure("{}: has no pieces or no end of text", base::printable(file.string()));
    }
}

std::vector<int> Tokenizer::encode(std::string_view text) const {
    if (!base::isUtf8(text)) throw base::InvalidInput("the text is not valid UTF-8");
    Reply reply;
    m_model->encode(text.data(), text.size(), reply);
    if (!reply.reason.empty()) {
        throw base::InvalidInput("the text cannot be tokenized: {}", base::printable(reply.reason));
    }
    reply.numbers.push_back(eosId());
    return std::move(reply.numbers);
}

std::string Tokenizer::decode(const std::vector<int>& ids) const {
    for (const int id : ids) {
        if (id < 0 || id >= vocabularySize()) {
            throw base::InvalidInput("there is no token {}; they go from 0 to {}", id, vocabularySize() - 1);
        }
    }
    Reply reply;
    m_model->decode(ids.data(), ids.size(), reply);
    if (!reply.reason.empty()) {
        throw base::InvalidInput("the tokens cannot be decoded: {}", base::printable(reply.reason));
    }
    return std::move(reply.text);
}

int Tokenizer::vocabularySize() const {
    return m_model->vocabularySize();
}
int Tokenizer::padId() const {
    return m_model->padId();
}
int Tokenizer::eosId() const {
    return m_model->eosId();
}
int Tokenizer::unkId() const {
    return m_model->unkId();
}

void trainTokenizer(const std::vector<std::string>& captions, int vocabularySize, const std::filesystem::path& file) {
    // pad, end, unknown and the 256 bytes come first.
    constexpr int reserved = 3 + 256;
    if (vocabularySize <= reserved || vocabularySize > 1'000'000) {
        throw base::InvalidInput("a vocabulary of {} pieces is not possible: {} to 1000000", vocabularySize,
                                 reserved + 1);
    }
    std::vector<const char*> texts;
    std::vector<std::size_t> bytes;
    for (const std::string& caption : captions) {
        if (!base::isUtf8(caption)) {
            throw base::InvalidInput("caption {} is not valid UTF-8", texts.size() + 1);
        }
        texts.push_back(caption.data());
        bytes.push_back(caption.size());
    }
    if (std::all_of(bytes.begin(), bytes.end(), [](std::size_t size) { return size == 0; })) {
        throw base::InvalidInput("there are no captions to train a tokenizer on");
    }
    Reply reply;
    module().train(texts.data(), bytes.data(), texts.size(), vocabularySize, reply);
    if (!reply.reason.empty()) {
        throw base::InvalidInput("the tokenizer cannot be trained: {}", base::printable(reply.reason));
    }
    base::writeTextFile(file, reply.text);
}

} // namespace n2m::text
