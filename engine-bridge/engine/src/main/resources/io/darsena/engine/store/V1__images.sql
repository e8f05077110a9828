-- Unpacked layers, whole on disk before their row. `entries_implied`: the tar lacks entries for directories it fills.
CREATE TABLE layers (
    diff_id         TEXT NOT NULL PRIMARY KEY,
    content_bytes   INTEGER NOT NULL,
    tar_bytes       INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    entries_implied INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Blobs that were seen to unpack to a layer.
CREATE TABLE layer_blobs (
    diff_id     TEXT NOT NULL REFERENCES layers (diff_id) ON DELETE CASCADE,
    blob        TEXT NOT NULL,
    stored_bytes INTEGER NOT NULL,
    PRIMARY KEY (diff_id, blob)
) STRICT, WITHOUT ROWID;

-- `parents`: an extra topmost layer that gives directories their owner and mode back; see LayerParents.
CREATE TABLE images (
    id          TEXT NOT NULL PRIMARY KEY,
    manifest    TEXT NOT NULL,
    platform    TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    parents     TEXT REFERENCES layers (diff_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE image_layers (
    image    TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    diff_id  TEXT NOT NULL,
    blob     TEXT NOT NULL,
    PRIMARY KEY (image, position),
    FOREIGN KEY (diff_id, blob) REFERENCES layer_blobs (diff_id, blob)
) STRICT, WITHOUT ROWID;

CREATE INDEX image_layers_by_layer ON image_layers (diff_id);

CREATE TABLE image_names (
    name  TEXT NOT NULL PRIMARY KEY,
    image TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX image_names_by_image ON image_names (image);

-- What happened once and shall not happen again by itself, as `starter-imported`.
CREATE TABLE milestones (
    name TEXT NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
