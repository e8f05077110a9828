-- A registry has one spelling since: small letters, no port where it is that of TLS, one name of Docker Hub. Where a name
-- stands in both spellings, the row that was right stays.
PRAGMA defer_foreign_keys = ON;

CREATE TEMP TABLE spelling (host TEXT NOT NULL PRIMARY KEY, meant TEXT NOT NULL);

INSERT INTO spelling
SELECT DISTINCT substr(name, 1, instr(name, '/') - 1), lower(substr(name, 1, instr(name, '/') - 1))
FROM (
    SELECT name FROM image_names UNION SELECT reference FROM image_digests UNION SELECT name FROM sync_pushes
    UNION SELECT name FROM image_trust UNION SELECT name FROM tag_history
);

UPDATE spelling SET meant = substr(meant, 1, length(meant) - length(':443'))
WHERE meant LIKE '%_:443' AND meant NOT LIKE '127.%' AND (meant LIKE '%.%' OR meant LIKE '[%' AND meant NOT LIKE '[::1]%');

UPDATE spelling SET meant = 'docker.io'
WHERE meant IN ('index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com');

UPDATE spelling SET meant = meant || ':443'
WHERE meant <> host AND meant <> 'localhost' AND meant NOT LIKE '%.%' AND meant NOT LIKE '%:%';

DELETE FROM spelling WHERE host = meant;

UPDATE OR IGNORE image_names SET name = (
    SELECT CASE WHEN meant = 'docker.io' AND instr(substr(name, instr(name, '/') + 1), '/') = 0
        THEN 'docker.io/library' ELSE meant END
    FROM spelling WHERE host = substr(name, 1, instr(name, '/') - 1)) || substr(name, instr(name, '/'))
WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

DELETE FROM image_names WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

UPDATE OR IGNORE image_digests SET reference = (
    SELECT CASE WHEN meant = 'docker.io' AND instr(substr(reference, instr(reference, '/') + 1), '/') = 0
        THEN 'docker.io/library' ELSE meant END
    FROM spelling WHERE host = substr(reference, 1, instr(reference, '/') - 1)) || substr(reference, instr(reference, '/'))
WHERE substr(reference, 1, instr(reference, '/') - 1) IN (SELECT host FROM spelling);

DELETE FROM image_digests WHERE substr(reference, 1, instr(reference, '/') - 1) IN (SELECT host FROM spelling);

UPDATE OR IGNORE sync_tags SET name = (
    SELECT CASE WHEN meant = 'docker.io' AND instr(substr(name, instr(name, '/') + 1), '/') = 0
        THEN 'docker.io/library' ELSE meant END
    FROM spelling WHERE host = substr(name, 1, instr(name, '/') - 1)) || substr(name, instr(name, '/'))
WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

DELETE FROM sync_tags WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

UPDATE OR IGNORE sync_pushes SET name = (
    SELECT CASE WHEN meant = 'docker.io' AND instr(substr(name, instr(name, '/') + 1), '/') = 0
        THEN 'docker.io/library' ELSE meant END
    FROM spelling WHERE host = substr(name, 1, instr(name, '/') - 1)) || substr(name, instr(name, '/'))
WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

DELETE FROM sync_pushes WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

UPDATE OR IGNORE image_trust SET name = (
    SELECT CASE WHEN meant = 'docker.io' AND instr(substr(name, instr(name, '/') + 1), '/') = 0
        THEN 'docker.io/library' ELSE meant END
    FROM spelling WHERE host = substr(name, 1, instr(name, '/') - 1)) || substr(name, instr(name, '/'))
WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

DELETE FROM image_trust WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

UPDATE OR IGNORE tag_history SET name = (
    SELECT CASE WHEN meant = 'docker.io' AND instr(substr(name, instr(name, '/') + 1), '/') = 0
        THEN 'docker.io/library' ELSE meant END
    FROM spelling WHERE host = substr(name, 1, instr(name, '/') - 1)) || substr(name, instr(name, '/'))
WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

DELETE FROM tag_history WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT host FROM spelling);

DROP TABLE temp.spelling;
