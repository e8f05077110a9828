-- Containers can be in the trash: `removed_at` tells since when; nothing else of them changes. A name is one container's
-- alone only outside of it. `trash_bytes`: what its files take on disk, once measured.
-- `wish`: what was asked of the run that goes on, so that its end means the same to an engine that comes later.
-- SQLite cannot drop a UNIQUE, so the table is made anew.
CREATE TABLE containers_anew (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
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
    last_error_code INTEGER,
    wish        TEXT,
    removed_at  INTEGER,
    trash_bytes INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO containers_anew (id, name, image, created_at, definition, run, status, since, started_at, pid, exit_code,
  exit_signal, exit_cause, reason, history, steps, last_error, last_error_code)
SELECT id, name, image, created_at, definition, run, status, since, started_at, pid, exit_code,
  exit_signal, exit_cause, reason, history, steps, last_error, last_error_code FROM containers;

DROP TABLE containers;
ALTER TABLE containers_anew RENAME TO containers;

CREATE INDEX containers_by_image ON containers (image);
CREATE UNIQUE INDEX containers_by_name ON containers (name) WHERE removed_at IS NULL;
