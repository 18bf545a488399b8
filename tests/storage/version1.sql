-- A library as the first version of the schema left it: what users have on their disks. Never to be brought up to date.
PRAGMA journal_mode = WAL;
BEGIN;
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
INSERT INTO takes VALUES
    (1, 'clips/2026-10/slow-piano-7.flac', 1792000000000, 'slow piano', 'drums', '', 'the good one', 7, 0.25, 24000, 1,
     96.5, 'A minor', 'Am F', '0123456789abcdef', 'generated', 1, 4, NULL),
    (2, 'trash/2026-10/fast-rock-8.flac', 1792000001000, 'fast rock', '', 'Rock', '', -1, 0.25, 24000, 1,
     0.0, '', '', '', 'command line', 0, 0, 1792000002000);
INSERT INTO take_details VALUES (1, '{"prompt":"slow piano"}', '{"seed":7}', '{"bpm":96.5}'), (2, '', '', '');
INSERT INTO tags VALUES (1, 'Night');
INSERT INTO take_tags VALUES (1, 1);
INSERT INTO jobs VALUES
    (1, 'done', 1.0, '{}', 'slow piano', 7, 1, 1, '', 1792000000000, 1792000000001, 1792000000002, 1),
    (2, 'waiting', 2.0, '{"seed":9}', 'next', 9, 2, 3, '', 1792000000000, 0, 0, NULL);
INSERT INTO used_prompts VALUES (1, 'slow piano', 'drums', 1792000000000, 3);
INSERT INTO saved_prompts VALUES (2, 'Quick', '', '', '{"steps":8}', 1792000000000);
INSERT INTO saved_prompts VALUES (1, 'Evening', 'slow piano', '', '{"steps":40}', 1792000000000);
INSERT INTO settings VALUES ('volume', 11);
PRAGMA application_id = 1311919436;
PRAGMA user_version = 1;
COMMIT;
