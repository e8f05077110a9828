-- What a name stands for at its registry, as far as it came from there or went there. `image`: the one that did; when
-- another bears the name, it is a local one. `remote`: the digest that the registry told last; NULL: never asked.
-- `manifest` and `parts` (a digest and its bytes a line): what that leads to; NULL: not read, or nothing for the platform.
CREATE TABLE sync_tags (
    name       TEXT NOT NULL PRIMARY KEY REFERENCES image_names (name) ON DELETE CASCADE,
    image      TEXT NOT NULL,
    auto_pull  INTEGER NOT NULL,
    remote     TEXT,
    manifest   TEXT,
    parts      TEXT,
    gone       INTEGER NOT NULL,
    checked_at INTEGER,
    tried_at   INTEGER,
    failures   INTEGER NOT NULL,
    trouble    TEXT,
    not_before INTEGER
) STRICT, WITHOUT ROWID;

-- Names whose repository knows the image came from there.
INSERT INTO sync_tags (name, image, auto_pull, gone, failures)
SELECT DISTINCT n.name, n.image, 0, 0, 0
FROM image_names n JOIN image_digests d ON d.image = n.image
WHERE substr(d.reference, 1, instr(d.reference, '@') - 1) || ':' = rtrim(n.name, replace(n.name, ':', ''));

-- Pushes that wait for the network. Their names need bear no image any more.
CREATE TABLE sync_pushes (
    name       TEXT NOT NULL PRIMARY KEY,
    queued_at  INTEGER NOT NULL,
    refused    INTEGER NOT NULL,
    tried_at   INTEGER,
    failures   INTEGER NOT NULL,
    trouble    TEXT,
    not_before INTEGER
) STRICT, WITHOUT ROWID;
