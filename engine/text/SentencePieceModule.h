#pragma once

#include <cstddef>

namespace n2m::text {

/// The answers of the module that holds SentencePiece to the engine.
///
/// Debian's SentencePiece exports symbols of its own protobuf 3.14, which clash with the 3.21 of LibTorch. It is
/// therefore in a module that is opened with bindings of its own (RTLD_DEEPBIND), or in a namespace with its own C++
/// library and heap (dlmopen, under sanitizers). So that both work, only plain values cross this border: no exception,
/// no container, and each side frees what it allocated.
class SentencePieceReply {
public:
    virtual void ids(const int* first, std::size_t count) noexcept = 0;
    virtual void bytes(const char* first, std::size_t count) noexcept = 0;
    virtual void failure(const char* reason) noexcept = 0; ///< instead of the others

protected:
    ~SentencePieceReply() = default;
};

/// A loaded model. Its const members may be called from several threads.
class SentencePieceModel {
public:
    virtual void encode(const char* text, std::size_t bytes, SentencePieceReply& reply) const noexcept = 0;
    virtual void decode(const int* ids, std::size_t count, SentencePieceReply& reply) const noexcept = 0;
    virtual int vocabularySize() const noexcept = 0;
    virtual int padId() const noexcept = 0; ///< -1 where the model has none
    virtual int eosId() const noexcept = 0;
    virtual int unkId() const noexcept = 0;
    virtual void destroy() noexcept = 0;

protected:
    ~SentencePieceModel() = default;
};

/// The functions of the module, which its one exported function returns.
struct SentencePieceModule {
    /// nullptr, and reply.failure(), for a model that is damaged.
    SentencePieceModel* (*open)(const char* model, std::size_t bytes, SentencePieceReply& reply) noexcept;
    /// Trains a unigram model in T5's layout; reply.bytes() receives the model.
    void (*train)(const char* const* texts, const std::size_t* bytes, std::size_t count, int vocabularySize,
                  SentencePieceReply& reply) noexcept;
};

/// The function that the module exports. Its name contains the version of this interface, so that a module left over
/// from another build is not loaded.
using SentencePieceFactory = const SentencePieceModule* (*)();
constexpr const char* sentencePieceFactory = "n2m_sentencepiece_1";

} // namespace n2m::text
