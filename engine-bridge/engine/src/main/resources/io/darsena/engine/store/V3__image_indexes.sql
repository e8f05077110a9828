-- Indexes through which images came, with what else of them was there, as other platforms' manifests and layers: an
-- export gives them back.
CREATE TABLE image_indexes (
    digest     TEXT NOT NULL PRIMARY KEY,
    media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE index_blobs (
    image_index TEXT NOT NULL REFERENCES image_indexes (digest) ON DELETE CASCADE,
    blob        TEXT NOT NULL,
    PRIMARY KEY (image_index, blob)
) STRICT, WITHOUT ROWID;

CREATE INDEX index_blobs_by_blob ON index_blobs (blob);

CREATE TABLE image_origins (
    image       TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    image_index TEXT NOT NULL REFERENCES image_indexes (digest),
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (image, image_index)
) STRICT, WITHOUT ROWID;

CREATE INDEX image_origins_by_index ON image_origins (image_index);

-- The index by which an image came under this name; NULL: by its manifest alone.
ALTER TABLE image_names ADD COLUMN image_index TEXT REFERENCES image_indexes (digest);
