-- A database as schema 1 left it. Never edited: it is what people have on their disks.
BEGIN TRANSACTION;
CREATE TABLE image_layers (
    image    TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    diff_id  TEXT NOT NULL,
    blob     TEXT NOT NULL,
    PRIMARY KEY (image, position),
    FOREIGN KEY (diff_id, blob) REFERENCES layer_blobs (diff_id, blob)
) STRICT, WITHOUT ROWID;
INSERT INTO "image_layers" VALUES('sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',0,'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb');
CREATE TABLE image_names (
    name  TEXT NOT NULL PRIMARY KEY,
    image TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "image_names" VALUES('docker.io/library/kept:1','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc');
CREATE TABLE images (
    id          TEXT NOT NULL PRIMARY KEY,
    manifest    TEXT NOT NULL,
    platform    TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    parents     TEXT REFERENCES layers (diff_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "images" VALUES('sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','linux/amd64',1767225600000000000,NULL);
CREATE TABLE layer_blobs (
    diff_id     TEXT NOT NULL REFERENCES layers (diff_id) ON DELETE CASCADE,
    blob        TEXT NOT NULL,
    stored_bytes INTEGER NOT NULL,
    PRIMARY KEY (diff_id, blob)
) STRICT, WITHOUT ROWID;
INSERT INTO "layer_blobs" VALUES('sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',500);
CREATE TABLE layers (
    diff_id         TEXT NOT NULL PRIMARY KEY,
    content_bytes   INTEGER NOT NULL,
    tar_bytes       INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    entries_implied INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "layers" VALUES('sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1000,2000,3,0);
CREATE TABLE milestones (
    name TEXT NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "milestones" VALUES('starter-imported',1767225600000000000);
CREATE INDEX image_layers_by_layer ON image_layers (diff_id);
CREATE INDEX image_names_by_image ON image_names (image);
COMMIT;
PRAGMA user_version = 1;
