-- By which names registries know an image, `registry/repository@sha256:…`: from where it was pulled and where it was
-- pushed. The digest of an index leads to several images, one a platform.
CREATE TABLE image_digests (
    image     TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    reference TEXT NOT NULL,
    PRIMARY KEY (image, reference)
) STRICT, WITHOUT ROWID;

CREATE INDEX image_digests_by_reference ON image_digests (reference);
