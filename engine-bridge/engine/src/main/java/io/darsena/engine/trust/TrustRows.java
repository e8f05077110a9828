package io.darsena.engine.trust;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What is remembered: of each name what was found when it came.
final class TrustRows {

    private final Database database;

    TrustRows(Database database) {
        this.database = database;
    }

    /// Of names that an image bears, or by which one is known.
    List<ImageTrust> present() {
        return database.read(session -> session.query("""
                SELECT name, digest, signatures, detail, moved_back, demand, checked_at FROM image_trust t
                WHERE EXISTS (SELECT 1 FROM image_names n WHERE n.name = t.name)
                   OR EXISTS (SELECT 1 FROM image_digests d WHERE d.reference = t.name)
                ORDER BY name""", TrustRows::trust));
    }

    Optional<ImageTrust> find(ImageReference name) {
        return present().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static ImageTrust trust(Row row) throws SQLException {
        String detail = row.text("detail");
        Signatures signatures = switch (row.text("signatures")) {
            case "SIGNED" -> new Signatures.Signed(List.of(detail.split(" ")));
            case "UNSIGNED" -> new Signatures.Unsigned();
            case "UNTRUSTED" -> new Signatures.Untrusted(detail);
            default -> new Signatures.Unchecked(detail);
        };
        return new ImageTrust(
                ImageReference.parse(row.text("name")),
                Digest.parse(row.text("digest")),
                signatures,
                row.flag("moved_back"),
                Demand.valueOf(row.text("demand")),
                row.instant("checked_at"));
    }

    void put(ImageTrust trust) {
        String kind;
        String detail;
        switch (trust.signatures()) {
            case Signatures.Signed signed -> {
                kind = "SIGNED";
                detail = String.join(" ", signed.keys());
            }
            case Signatures.Unsigned unsigned -> {
                kind = "UNSIGNED";
                detail = "";
            }
            case Signatures.Untrusted untrusted -> {
                kind = "UNTRUSTED";
                detail = untrusted.reason();
            }
            case Signatures.Unchecked unchecked -> {
                kind = "UNCHECKED";
                detail = unchecked.reason();
            }
        }
        database.change(session -> session.execute(
                """
                INSERT OR REPLACE INTO image_trust (name, digest, signatures, detail, moved_back, demand, checked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                trust.name().toString(),
                trust.digest().toString(),
                kind,
                detail,
                trust.movedBack(),
                trust.demand().name(),
                trust.checkedAt()));
    }
}
