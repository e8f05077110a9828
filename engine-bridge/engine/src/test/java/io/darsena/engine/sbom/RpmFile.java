package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.engine.sbom.Findings.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes databases as RPM does.
final class RpmFile {

    private RpmFile() {}

    /// A header of texts, lists of texts and numbers.
    static byte[] header(Map<Integer, Object> tags) {
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        ByteBuffer index = ByteBuffer.allocate(8 + tags.size() * 16);
        index.position(8);
        for (Map.Entry<Integer, Object> tag : tags.entrySet()) {
            while (tag.getValue() instanceof int[] && store.size() % 4 != 0) {
                store.write(0);
            }
            int offset = store.size();
            int type = 6;
            int count = 1;
            switch (tag.getValue()) {
                case int[] numbers -> {
                    type = 4;
                    count = numbers.length;
                    for (int number : numbers) {
                        store.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
                    }
                }
                case List<?> texts -> {
                    type = 8;
                    count = texts.size();
                    texts.forEach(text -> write(store, text));
                }
                default -> write(store, tag.getValue());
            }
            index.putInt(tag.getKey()).putInt(type).putInt(offset).putInt(count);
        }
        index.putInt(0, tags.size()).putInt(4, store.size());
        byte[] all = new byte[index.capacity() + store.size()];
        System.arraycopy(index.array(), 0, all, 0, index.capacity());
        System.arraycopy(store.toByteArray(), 0, all, index.capacity(), store.size());
        return all;
    }

    private static void write(ByteArrayOutputStream store, Object text) {
        store.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        store.write(0);
    }

    /// A header of little more than a name.
    ///
    /// @param padding bytes of text beside it
    static byte[] named(String name, int padding) {
        return header(Map.of(1000, name, 1001, "1", 1022, "noarch", 1005, "x".repeat(padding)));
    }

    /// What is found in a database.
    static PackageListing listing(RpmFormat format, byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("rpm");
        Path copy = folder.resolve(format.fileName());
        try {
            Files.write(copy, bytes);
            Findings findings = new Findings();
            FilePath path = FilePath.of("var/lib/rpm/" + format.fileName());
            try {
                new RpmDatabase(new FileTreeBuilder(1).build(), findings, new Place(path, "", 1)).read(format, copy);
            } catch (MalformedRecordException refused) {
                findings.remark(path, String.valueOf(refused.getMessage()));
            }
            return findings.listing();
        } finally {
            Files.deleteIfExists(copy);
            Files.delete(folder);
        }
    }

    static byte[] bash() {
        Map<Integer, Object> tags = new LinkedHashMap<>();
        tags.put(1000, "bash");
        tags.put(1001, "5.2.26");
        tags.put(1002, "3.fc40");
        tags.put(1003, new int[] {1});
        tags.put(1014, "GPL-3.0-or-later");
        tags.put(1022, "x86_64");
        tags.put(1044, "bash-5.2.26-3.fc40.src.rpm");
        tags.put(1116, new int[] {0, 1});
        tags.put(1117, List.of("bashrc", "bash"));
        tags.put(1118, List.of("/etc/", "/usr/bin/"));
        return header(tags);
    }

    /// The bytes of a database, and of what is not yet moved into it.
    ///
    /// @param table how `Packages` is made
    static List<byte[]> database(Path folder, String table, byte[]... headers) throws SQLException, IOException {
        Path file = folder.resolve("made.sqlite");
        Files.deleteIfExists(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute(table);
            if (headers.length > 0) {
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO 'Packages' (blob) VALUES (?)")) {
                    for (byte[] header : headers) {
                        insert.setBytes(1, header);
                        insert.execute();
                    }
                }
            }
            Path log = folder.resolve("made.sqlite-wal");
            return List.of(Files.readAllBytes(file), Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
        }
    }
}
