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
    /// Opens a `spiece.model`. Throws base::Failure if the file is missing, a folder or another kind of file, or if the
    /// module cannot be found.
    explicit Tokenizer(const std::filesystem::path& file);

    /// The ids of the text and the id of the end. Throws base::InvalidInput if it is not UTF-8.
    std::vector<int> encode(std::string_view text) const;

    /// The text of the ids without pad and end. Throws base::InvalidInput for an id that the model does not have.
    std::string decode(const std::vector<int>& ids) const;

    int vocabularySize() const; ///< number of pieces; a network's vocabulary may be padded to more
    int padId() const;
    int eosId() const;
    int unkId() const;

private:
    std::shared_ptr<const SentencePieceModel> m_model;
};

/// Trains a unigram model with byte fallback in T5's layout (pad 0, end 1, unknown 2) on the captions and writes it,
/// atomically. The same captions in the same order give the same bytes. Throws base::InvalidInput for captions that
/// are not UTF-8 or too few for the vocabulary, base::Failure if the file cannot be written.
void trainTokenizer(const std::vector<std::string>& captions, int vocabularySize, const std::filesystem::path& file);

} // namespace n2m::text
