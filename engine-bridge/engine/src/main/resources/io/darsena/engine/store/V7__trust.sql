-- What signatures were found for what a name stood for at its registry. `name`: with a tag, or with a digest alone.
-- `detail`: names of the keys that signed it, or why it does not count.
CREATE TABLE image_trust (
    name       TEXT NOT NULL PRIMARY KEY,
    digest     TEXT NOT NULL,
    signatures TEXT NOT NULL,
    detail     TEXT NOT NULL,
    moved_back INTEGER NOT NULL,
    demand     TEXT NOT NULL,
    checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- For which digests a tag has stood at its registry, in the order in which that was seen.
CREATE TABLE tag_history (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE INDEX tag_history_names ON tag_history (name, number);

-- What they stand for as far as it is known now.
INSERT INTO tag_history (name, digest)
SELECT n.name, coalesce(n.image_index, i.manifest) FROM image_names n JOIN images i ON i.id = n.image;
