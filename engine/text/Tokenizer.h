#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::text {

class SentencePieceModel;

/// A SentencePiece model (Kudo & Richardson, 2018) as T5 uses it: a text becomes ids of pieces, with the id of the end
/// (1) at the end. Plain C++: it hides SentencePiece, which is opened as a module of its own (SentencePieceModule.h
/// says why). A value that is cheap to copy; its const members may be called from several threads.
class Tokenizer {
public:
    /// Opens a `spiece.model`. Throws std::runtime_error, one line, if the file is missing, a folder or no such model,
    /// or if the module cannot be found.
    explicit Tokenizer(const std::filesystem::path& file);

    /// The ids of the text, and the id of the end. Throws std::invalid_argument, one line, if it is not UTF-8.
    std::vector<int> encode(std::string_view text) const;

    /// The text of the ids; pad and end are silent. Throws std::invalid_argument for an id that the model does not
    /// have.
    std::string decode(const std::vector<int>& ids) const;

    int vocabularySize() const; ///< number of pieces; a network's vocabulary may be padded to more
    int padId() const;
    int eosId() const;
    int unkId() const;

private:
    std::shared_ptr<const SentencePieceModel> m_model;
};

/// Trains a unigram model with byte fallback in T5's layout (pad 0, end 1, unknown 2) on the captions and writes it,
/// atomically. The same captions in the same order give the same bytes. Throws std::invalid_argument for captions that
/// are not UTF-8 or too few for the vocabulary, std::runtime_error if the file cannot be written.
void trainTokenizer(const std::vector<std::string>& captions, int vocabularySize, const std::filesystem::path& file);

} // namespace n2m::text
