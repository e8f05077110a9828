-- A database as schema 2 left it. Never edited: it is what people have on their disks.
BEGIN TRANSACTION;
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
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000001','web','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000001,'{}',0,'EXITED',1767225601000000000,1767225600500000000,NULL,7,NULL,'ENDED',NULL,'CREATED		1767225600000000000','',NULL,NULL);
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000002','db','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000002,'{}',1,'RUNNING',1767225601000000000,1767225600500000000,4242,NULL,NULL,NULL,NULL,'CREATED		1767225600000000000','',NULL,NULL);
INSERT INTO "containers" VALUES('0000000000000000000000000000000000000000000000000000000000000003','new','sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',1767225600000000003,'{}',2,'CREATED',1767225601000000000,NULL,NULL,NULL,NULL,NULL,NULL,'CREATED		1767225600000000000','',NULL,NULL);
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
CREATE INDEX containers_by_image ON containers (image);
COMMIT;
PRAGMA user_version = 2;
