#pragma once

#include "engine/labelling/CaptionCleaning.h"
#include "engine/labelling/ChatServer.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace n2m::labelling {

struct CaptionWriterOptions {
    std::filesystem::path file;
    std::filesystem::path songs; ///< a list of songs to ask about; empty = invented ones
    std::size_t count = 1000;    ///< captions that the file is to have at least
    CaptionKind kind = CaptionKind::Long;
    std::uint64_t seed = 1;
};

struct CaptionWriterReport {
    std::size_t captions = 0; ///< in the file
    std::size_t written = 0;  ///< of them by this run
    std::size_t refused = 0;  ///< answers, or parts of them, that were not captions or were there already
    std::size_t answers = 0;
};

/// The function that asks the model: ChatServer::ask.
using Ask = std::function<ChatReply(const std::vector<ChatTurn>&, std::uint64_t seed)>;

/// Has a language model write captions into a text file, a caption per line, until it has `count` or a few more, as an
/// answer may hold several. What the file has stays as it is, comments included, and more is appended. The file is
/// written whole or not at all, every few seconds and at the end, also at the end by an error. The n-th caption depends
/// on the seed and on the captions before it alone: a run that was stopped and resumed gives the same file as one that
/// was not, if the model is deterministic.
///
/// `progress` is called before every question, on the caller's thread, and may throw to stop. Throws base::InvalidInput
/// for options that cannot be, base::Failure if the model has nothing new to say twenty times in a row, and whatever
/// `ask` throws.
CaptionWriterReport writeCaptions(const CaptionWriterOptions& options, const Ask& ask,
                                  const std::function<void(const CaptionWriterReport&)>& progress = {});

} // namespace n2m::labelling
