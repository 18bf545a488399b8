#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace n2m::storage {

class Connection;

/// A prompt that was used.
struct UsedPrompt {
    std::int64_t id = 0;
    std::string prompt, negativePrompt;
    std::int64_t used = 0; ///< the last time; milliseconds since 1970, UTC
    int uses = 0;
    bool operator==(const UsedPrompt&) const = default;
};

/// A prompt or preset that the user keeps under a name. A preset is an entry without a prompt; a prompt and a preset
/// may have the same name.
struct SavedPrompt {
    std::int64_t id = 0;
    std::string name;
    std::string prompt, negativePrompt; ///< empty in a preset, which has only settings
    std::string settings;               ///< JSON of its settings; empty = none
    std::int64_t saved = 0;             ///< milliseconds since 1970, UTC
    bool operator==(const SavedPrompt&) const = default;
};

/// The prompt history and the saved prompts of a library; both outlive the takes. Part of a Library, and on its thread.
/// All throw LibraryError.
class PromptStore {
public:
    static constexpr int historyLength = 1000;

    explicit PromptStore(Connection& connection);

    /// Puts a prompt in front of the history; one that is in it already moves. The oldest beyond historyLength go.
    void remember(const std::string& prompt, const std::string& negativePrompt = {});
    /// Newest first; with `search`, only prompts that contain it, without regard to case.
    std::vector<UsedPrompt> history(int most = historyLength, const std::string& search = {}) const;
    void forget(std::int64_t id);
    void clearHistory();

    /// By name, without regard to case.
    std::vector<SavedPrompt> saved() const;
    std::optional<SavedPrompt> find(const std::string& name) const; ///< a prompt, without regard to case
    std::optional<SavedPrompt> findPreset(const std::string& name) const;
    /// Saves a prompt or preset under its name and replaces the one of that name (without regard to case); id and saved
    /// are ignored. Throws std::invalid_argument for a name that is empty, longer than 100 bytes or has control
    /// characters.
    std::int64_t save(const SavedPrompt& prompt);
    void rename(std::int64_t id, const std::string& name); ///< std::invalid_argument if another has the name
    void remove(std::int64_t id);

private:
    Connection& m_connection;
};

} // namespace n2m::storage
