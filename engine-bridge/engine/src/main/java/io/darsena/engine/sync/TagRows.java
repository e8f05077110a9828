package io.darsena.engine.sync;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.registry.RemoteContents;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Row;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The rows of names. A row goes with its name; putting one for a name that no image bears does nothing.
final class TagRows {

    private static final String ALL = """
            SELECT name, image, auto_pull, remote, manifest, parts, gone, checked_at, tried_at, failures, trouble,
              not_before FROM sync_tags""";

    private final Database database;

    TagRows(Database database) {
        this.database = database;
    }

    List<TagRow> all() {
        return database.read(session -> session.query(ALL, TagRows::row));
    }

    Optional<TagRow> find(ImageReference name) {
        return database.read(session -> session.first(ALL + " WHERE name = ?", TagRows::row, name.toString()));
    }

    /// Changes what is there now, or what `fresh` says when nothing is.
    void change(TagRow fresh, UnaryOperator<TagRow> change) {
        database.change(session -> put(change.apply(find(fresh.name()).orElse(fresh))));
    }

    private void put(TagRow row) {
        Optional<RemoteContents> contents = row.contents();
        database.write(session -> session.execute(
                """
                INSERT INTO sync_tags (name, image, auto_pull, remote, manifest, parts, gone, checked_at, tried_at,
                  failures, trouble, not_before)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
                WHERE EXISTS (SELECT 1 FROM image_names WHERE name = ?1)
                ON CONFLICT (name) DO UPDATE SET image = excluded.image, auto_pull = excluded.auto_pull,
                  remote = excluded.remote, manifest = excluded.manifest, parts = excluded.parts,
                  gone = excluded.gone, checked_at = excluded.checked_at, tried_at = excluded.tried_at,
                  failures = excluded.failures, trouble = excluded.trouble, not_before = excluded.not_before""",
                row.name().toString(),
                row.image().toString(),
                row.autoPull(),
                row.remote().map(Digest::toString),
                contents.flatMap(RemoteContents::manifest).map(Digest::toString),
                contents.map(TagRows::parts),
                row.gone(),
                row.checkedAt(),
                row.tries().last(),
                row.tries().failures(),
                row.tries().trouble(),
                row.tries().notBefore()));
    }

    private static TagRow row(Row row) throws SQLException {
        Optional<Digest> manifest = row.optionalText("manifest").map(Digest::parse);
        return new TagRow(
                ImageReference.parse(row.text("name")),
                ImageId.parse(row.text("image")),
                row.flag("auto_pull"),
                row.optionalText("remote").map(Digest::parse),
                row.optionalText("parts").map(text -> new RemoteContents(manifest, parts(text))),
                row.flag("gone"),
                row.optionalInstant("checked_at"),
                tries(row));
    }

    static Tries tries(Row row) throws SQLException {
        return new Tries(
                Math.toIntExact(row.number("failures")),
                row.optionalInstant("tried_at"),
                row.optionalText("trouble"),
                row.optionalInstant("not_before"));
    }

    private static String parts(RemoteContents contents) {
        return contents.parts().entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static Map<Digest, Long> parts(String text) {
        Map<Digest, Long> parts = new HashMap<>();
        text.lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            parts.put(Digest.parse(words[0]), Long.parseLong(words[1]));
        });
        return parts;
    }
}
