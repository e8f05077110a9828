-- Containers. `definition` is what was resolved when it was created and never changes (JSON); the rest is where its
-- life stands. `run` numbers its starts from 1. `history` and `steps`: one entry a line, fields by tab.
CREATE TABLE containers (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    image       TEXT NOT NULL REFERENCES images (id),
    created_at  INTEGER NOT NULL,
    definition  TEXT NOT NULL,
    run         INTEGER NOT NULL,
    status      TEXT NOT NULL,
    since       INTEGER NOT NULL,
    started_at  INTEGER,
    pid         INTEGER,
    exit_code   INTEGER,
    exit_signal INTEGER,
    exit_cause  TEXT,
    reason      TEXT,
    history     TEXT NOT NULL,
    steps       TEXT NOT NULL,
    last_error  TEXT,
    last_error_code INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX containers_by_image ON containers (image);
