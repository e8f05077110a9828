package io.darsena.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statements within one transaction. Parameters may be text, whole numbers, booleans (stored as 0 and 1), instants
/// (stored as nanoseconds since the epoch), byte arrays, and an [Optional] of these (NULL when empty).
///
/// Each SQL text is prepared once and kept, so texts are constants: values go into parameters.
public final class Session {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /// Makes one value of one row. It must not run statements.
    @FunctionalInterface
    public interface Reader<T> {
        T from(Row row) throws SQLException;
    }

    /// @return how many rows were inserted, updated or deleted
    public int execute(String sql, Object... parameters) throws SQLException {
        return bound(sql, parameters).executeUpdate();
    }

    public <T> List<T> query(String sql, Reader<T> reader, Object... parameters) throws SQLException {
        List<T> values = new ArrayList<>();
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            Row row = new Row(rows);
            while (rows.next()) {
                values.add(reader.from(row));
            }
        }
        return values;
    }

    public <T> Optional<T> first(String sql, Reader<T> reader, Object... parameters) throws SQLException {
        return query(sql, reader, parameters).stream().findFirst();
    }

    public boolean exists(String sql, Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            return rows.next();
        }
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, column(parameters[i]));
        }
        return statement;
    }

    private static @Nullable Object column(Object parameter) {
        return switch (parameter) {
            case Optional<?> optional -> optional.map(Session::column).orElse(null);
            case Boolean flag -> flag ? 1 : 0;
            case Instant at -> nanoseconds(at);
            case String text -> text;
            case Integer number -> number;
            case Long number -> number;
            case byte[] bytes -> bytes;
            default -> throw new IllegalArgumentException("no column type for " + parameter.getClass());
        };
    }

    private static long nanoseconds(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS_PER_SECOND), at.getNano());
    }

    void begin(boolean toWrite) throws SQLException {
        execute(toWrite ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    /// SQLite rolls back by itself after some failures; then there is nothing left to do.
    void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw new IllegalStateException("cannot roll back: the database is in no known state", e);
            }
        }
    }

    void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
