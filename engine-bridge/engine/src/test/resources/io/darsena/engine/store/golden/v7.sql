BEGIN TRANSACTION;
CREATE TABLE "containers" (
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
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000001','web','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000001,'{}',0,'EXITED',1767225601000000000,1767225600500000000,NULL,7,NULL,'ENDED',NULL,'CREATED		1767225600000000000','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000002','db','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000002,'{}',1,'RUNNING',1767225601000000000,1767225600500000000,4242,NULL,NULL,NULL,NULL,'CREATED		1767225600000000000','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000003','new','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000003,'{}',2,'CREATED',1767225601000000000,NULL,NULL,NULL,NULL,NULL,NULL,'CREATED		1767225600000000000','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000004','web','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000004,'{}',2,'CREATED',1767225601000000000,NULL,NULL,NULL,NULL,NULL,NULL,'CREATED		1767225600000000000','',NULL,NULL,NULL,1767225602000000000,4096);
CREATE TABLE image_digests (
    image     TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    reference TEXT NOT NULL,
    PRIMARY KEY (image, reference)
) STRICT, WITHOUT ROWID;
INSERT INTO "image_digests" VALUES('sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','docker.io/library/kept@sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
INSERT INTO "image_digests" VALUES('sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','registry.example:5000/team/kept@sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
CREATE TABLE image_indexes (
    digest     TEXT NOT NULL PRIMARY KEY,
    media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "image_indexes" VALUES('sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','application/vnd.oci.image.index.v1+json');
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
, image_index TEXT REFERENCES image_indexes (digest)) STRICT, WITHOUT ROWID;
INSERT INTO "image_names" VALUES('docker.io/library/kept:1','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
CREATE TABLE image_origins (
    image       TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    image_index TEXT NOT NULL REFERENCES image_indexes (digest),
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (image, image_index)
) STRICT, WITHOUT ROWID;
INSERT INTO "image_origins" VALUES('sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',1767225600000000000);
CREATE TABLE image_trust (
    name       TEXT NOT NULL PRIMARY KEY,
    digest     TEXT NOT NULL,
    signatures TEXT NOT NULL,
    detail     TEXT NOT NULL,
    moved_back INTEGER NOT NULL,
    demand     TEXT NOT NULL,
    checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "image_trust" VALUES('docker.io/library/kept:1','sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','UNSIGNED','',0,'WARN',1767225600000000000);
CREATE TABLE images (
    id          TEXT NOT NULL PRIMARY KEY,
    manifest    TEXT NOT NULL,
    platform    TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    parents     TEXT REFERENCES layers (diff_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "images" VALUES('sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','linux/amd64',1767225600000000000,NULL);
CREATE TABLE index_blobs (
    image_index TEXT NOT NULL REFERENCES image_indexes (digest) ON DELETE CASCADE,
    blob        TEXT NOT NULL,
    PRIMARY KEY (image_index, blob)
) STRICT, WITHOUT ROWID;
INSERT INTO "index_blobs" VALUES('sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb');
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
CREATE TABLE sync_pushes (
    name       TEXT NOT NULL PRIMARY KEY,
    queued_at  INTEGER NOT NULL,
    refused    INTEGER NOT NULL,
    tried_at   INTEGER,
    failures   INTEGER NOT NULL,
    trouble    TEXT,
    not_before INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_pushes" VALUES('registry.example:5000/team/kept:2',1767225600000000000,0,NULL,0,NULL,NULL);
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
INSERT INTO "sync_tags" VALUES('docker.io/library/kept:1','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',0,NULL,NULL,NULL,0,NULL,NULL,0,NULL,NULL);
CREATE TABLE tag_history (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
INSERT INTO "tag_history" VALUES(1,'docker.io/library/kept:1','sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
CREATE INDEX image_layers_by_layer ON image_layers (diff_id);
CREATE INDEX image_names_by_image ON image_names (image);
CREATE INDEX index_blobs_by_blob ON index_blobs (blob);
CREATE INDEX image_origins_by_index ON image_origins (image_index);
CREATE INDEX containers_by_image ON containers (image);
CREATE UNIQUE INDEX containers_by_name ON containers (name) WHERE removed_at IS NULL;
CREATE INDEX image_digests_by_reference ON image_digests (reference);
CREATE INDEX tag_history_names ON tag_history (name, number);
COMMIT;
PRAGMA user_version = 7;
