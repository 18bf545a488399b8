#include "storage/Schema.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <array>

namespace n2m::storage {

namespace {

// A published step never changes: existing libraries have run it. All tables have rowids, by which Salvage.cpp reads
// a damaged database row by row.

// The long texts of a take have a table of their own, so that rows stay small for search and sort. Triggers keep
// take_words, a copy of the words, up to date. A seed is stored as the 64 bits of the unsigned number.
constexpr const char* version1 = R"sql(
CREATE TABLE takes(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    negative_prompt TEXT NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    seed INTEGER NOT NULL,
    seconds REAL NOT NULL,
    sample_rate INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    bpm REAL NOT NULL,
    key TEXT NOT NULL,
    chords TEXT NOT NULL,
    bundle TEXT NOT NULL,
    origin TEXT NOT NULL,
    starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
    rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
    trashed INTEGER
) STRICT;
CREATE INDEX takes_by_created ON takes(created) WHERE trashed IS NULL;
CREATE INDEX takes_by_title
    ON takes((CASE title WHEN '' THEN prompt ELSE title END) COLLATE NOCASE, created) WHERE trashed IS NULL;
CREATE INDEX takes_by_seconds ON takes(seconds, created) WHERE trashed IS NULL;
CREATE INDEX takes_by_bpm ON takes(bpm, created) WHERE trashed IS NULL;
CREATE INDEX takes_by_key ON takes(key COLLATE NOCASE, created) WHERE trashed IS NULL;
CREATE INDEX takes_by_rating ON takes(rating, created) WHERE trashed IS NULL;
CREATE INDEX takes_by_seed ON takes(seed);
CREATE INDEX takes_starred ON takes(created) WHERE starred = 1 AND trashed IS NULL;
CREATE INDEX takes_trashed ON takes(trashed, created) WHERE trashed IS NOT NULL;

CREATE TABLE take_details(
    take INTEGER PRIMARY KEY REFERENCES takes(id) ON DELETE CASCADE,
    request TEXT NOT NULL,
    recipe TEXT NOT NULL,
    plan TEXT NOT NULL
) STRICT;

CREATE TABLE tags(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
CREATE TABLE take_tags(
    take INTEGER NOT NULL REFERENCES takes(id) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    UNIQUE (take, tag)
) STRICT;
CREATE INDEX take_tags_by_tag ON take_tags(tag, take);

CREATE VIRTUAL TABLE take_words USING fts5(
    prompt, negative_prompt, title, notes, tags,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
CREATE TRIGGER takes_inserted AFTER INSERT ON takes BEGIN
    INSERT INTO take_words(rowid, prompt, negative_prompt, title, notes, tags)
    VALUES (new.id, new.prompt, new.negative_prompt, new.title, new.notes, '');
END;
CREATE TRIGGER takes_updated AFTER UPDATE OF prompt, negative_prompt, title, notes ON takes BEGIN
    UPDATE take_words SET prompt = new.prompt, negative_prompt = new.negative_prompt, title = new.title,
        notes = new.notes WHERE rowid = new.id;
END;
CREATE TRIGGER takes_deleted AFTER DELETE ON takes BEGIN
    DELETE FROM take_words WHERE rowid = old.id;
END;
CREATE TRIGGER take_tags_inserted AFTER INSERT ON take_tags BEGIN
    UPDATE take_words SET tags = (SELECT coalesce(group_concat(name, ' '), '')
        FROM take_tags JOIN tags ON tags.id = tag WHERE take = new.take) WHERE rowid = new.take;
END;
CREATE TRIGGER take_tags_deleted AFTER DELETE ON take_tags BEGIN
    UPDATE take_words SET tags = (SELECT coalesce(group_concat(name, ' '), '')
        FROM take_tags JOIN tags ON tags.id = tag WHERE take = old.take) WHERE rowid = old.take;
END;

CREATE TABLE jobs(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    position REAL NOT NULL,
    request TEXT NOT NULL,
    prompt TEXT NOT NULL,
    seed INTEGER NOT NULL,
    variation INTEGER NOT NULL,
    variations INTEGER NOT NULL,
    error TEXT NOT NULL,
    created INTEGER NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    take INTEGER REFERENCES takes(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX jobs_by_state ON jobs(state, position);
CREATE INDEX jobs_by_take ON jobs(take) WHERE take IS NOT NULL;

CREATE TABLE used_prompts(
    id INTEGER PRIMARY KEY,
    prompt TEXT NOT NULL,
    negative_prompt TEXT NOT NULL,
    used INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    UNIQUE (prompt, negative_prompt)
) STRICT;
CREATE INDEX used_prompts_by_time ON used_prompts(used);

CREATE TABLE saved_prompts(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    prompt TEXT NOT NULL,
    negative_prompt TEXT NOT NULL,
    settings TEXT NOT NULL,
    saved INTEGER NOT NULL
) STRICT;

CREATE TABLE settings(
    name TEXT NOT NULL UNIQUE,
    value ANY
) STRICT;
)sql";

// Boards; size, time and digest of a take's file; and the files that are being written or moved, by which the next
// program finds the unfinished work of an interrupted one.
constexpr const char* version2 = R"sql(
CREATE TABLE boards(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
CREATE TABLE board_takes(
    board INTEGER NOT NULL REFERENCES boards(id) ON DELETE CASCADE,
    take INTEGER NOT NULL REFERENCES takes(id) ON DELETE CASCADE,
    UNIQUE (board, take)
) STRICT;
CREATE INDEX board_takes_by_take ON board_takes(take);

ALTER TABLE takes ADD COLUMN file_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE takes ADD COLUMN file_modified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE takes ADD COLUMN file_digest TEXT NOT NULL DEFAULT '';
CREATE INDEX takes_by_digest ON takes(file_digest);

CREATE TABLE pending_files(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL,
    file TEXT NOT NULL UNIQUE,
    take INTEGER,
    facts TEXT NOT NULL
) STRICT;
)sql";

// Prompts and presets no longer share their names. A preset is an entry without a prompt.
constexpr const char* version3 = R"sql(
CREATE TABLE saved_prompts_3(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    prompt TEXT NOT NULL,
    negative_prompt TEXT NOT NULL,
    settings TEXT NOT NULL,
    saved INTEGER NOT NULL,
    preset INTEGER NOT NULL GENERATED ALWAYS AS (prompt = ''),
    UNIQUE (preset, name)
) STRICT;
INSERT INTO saved_prompts_3(id, name, prompt, negative_prompt, settings, saved)
    SELECT id, name, prompt, negative_prompt, settings, saved FROM saved_prompts;
DROP TABLE saved_prompts;
ALTER TABLE saved_prompts_3 RENAME TO saved_prompts;
)sql";

constexpr std::array steps = {version1, version2, version3};

} // namespace

const int schemaVersion = static_cast<int>(steps.size());

int versionOf(SQLite::Database& database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

void migrate(SQLite::Database& database) {
    for (;;) {
        // Inside the transaction: another program may have run the step meanwhile.
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const int version = versionOf(database);
        if (version >= schemaVersion) return;
        database.exec(steps[static_cast<std::size_t>(version)]);
        database.exec(fmt::format("PRAGMA application_id = {}", applicationId));
        database.exec(fmt::format("PRAGMA user_version = {}", version + 1));
        transaction.commit();
    }
}

} // namespace n2m::storage
