#include "engine/text/SentencePieceModule.h"

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <exception>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace n2m::text {

namespace {

// Runs `action`, which returns a status, and passes every kind of failure to the reply.
template <typename Action> bool guarded(SentencePieceReply& reply, Action action) noexcept {
    try {
        const sentencepiece::util::Status status = action();
        if (!status.ok()) reply.failure(status.error_message());
        return status.ok();
    } catch (const std::exception& error) {
        reply.failure(error.what());
    } catch (...) {
        reply.failure("unknown failure");
    }
    return false;
}

class Model final : public SentencePieceModel {
public:
    sentencepiece::util::Status load(std::string_view model) { return m_processor.LoadFromSerializedProto(model); }

    void encode(const char* text, std::size_t bytes, SentencePieceReply& reply) const noexcept override {
        std::vector<int> ids;
        if (guarded(reply, [&] { return m_processor.Encode(std::string_view(text, bytes), &ids); })) {
            reply.ids(ids.data(), ids.size());
        }
    }

    void decode(const int* ids, std::size_t count, SentencePieceReply& reply) const noexcept override {
        std::string text;
        if (guarded(reply, [&] { return m_processor.Decode(std::vector<int>(ids, ids + count), &text); })) {
            reply.bytes(text.data(), text.size());
        }
    }

    int vocabularySize() const noexcept override { return m_processor.GetPieceSize(); }
    int padId() const noexcept override { return m_processor.pad_id(); }
    int eosId() const noexcept override { return m_processor.eos_id(); }
    int unkId() const noexcept override { return m_processor.unk_id(); }
    void destroy() noexcept override { delete this; }

    virtual ~Model() = default;

private:
    sentencepiece::SentencePieceProcessor m_processor;
};

// The captions, one after the other, in the interface of the trainer.
class Captions final : public sentencepiece::SentenceIterator {
public:
    Captions(const char* const* texts, const std::size_t* bytes, std::size_t count)
        : m_texts(texts)
        , m_bytes(bytes)
        , m_count(count) {
        read();
    }
    bool done() const override { return m_index == m_count; }
    void Next() override { ++m_index, read(); }
    const std::string& value() const override { return m_value; }
    sentencepiece::util::Status status() const override { return {}; }

private:
    void read() {
        if (!done()) m_value.assign(m_texts[m_index], m_bytes[m_index]);
    }

    const char* const* m_texts;
    const std::size_t* m_bytes;
    std::size_t m_count, m_index = 0;
    std::string m_value;
};

SentencePieceModel* openModel(const char* bytes, std::size_t count, SentencePieceReply& reply) noexcept {
    std::unique_ptr<Model> model;
    const bool opened = guarded(reply, [&] {
        model = std::make_unique<Model>();
        return model->load({bytes, count});
    });
    return opened ? model.release() : nullptr;
}

void train(const char* const* texts, const std::size_t* bytes, std::size_t count, int vocabularySize,
           SentencePieceReply& reply) noexcept {
    std::string model;
    const bool trained = guarded(reply, [&] {
        Captions captions(texts, bytes, count);
        const std::unordered_map<std::string, std::string> settings{
            {"model_type", "unigram"},
            {"vocab_size", std::to_string(vocabularySize)},
            {"normalization_rule_name", "nmt_nfkc"}, // as T5's own
            {"byte_fallback", "true"},               // unknown characters become bytes, not <unk>
            {"character_coverage", "1.0"},
            {"pad_id", "0"},
            {"eos_id", "1"},
            {"unk_id", "2"},
            {"bos_id", "-1"},
            {"max_sentence_length", "65536"},
            {"shuffle_input_sentence", "false"},
            {"num_threads", "1"}, // the sums of the threads depend on their number
            {"minloglevel", "2"}, // errors only: standard error belongs to the program
        };
        return sentencepiece::SentencePieceTrainer::Train(settings, &captions, &model);
    });
    if (trained) reply.bytes(model.data(), model.size());
}

} // namespace

} // namespace n2m::text

// The name is that of sentencePieceFactory.
extern "C" __attribute__((visibility("default"))) const n2m::text::SentencePieceModule* n2m_sentencepiece_1() {
    static const n2m::text::SentencePieceModule module{n2m::text::openModel, n2m::text::train};
    return &module;
}
