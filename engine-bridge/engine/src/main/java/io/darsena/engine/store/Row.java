package io.darsena.engine.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The row a query stands on. Valid only within the [Session.Reader] that gets it.
public final class Row {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) throws SQLException {
        return present(column, rows.getString(column));
    }

    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(rows.getString(column));
    }

    public byte[] bytes(String column) throws SQLException {
        return present(column, rows.getBytes(column));
    }

    public long number(String column) throws SQLException {
        return optionalNumber(column).orElseThrow(() -> new SQLException("column " + column + " is NULL"));
    }

    public OptionalLong optionalNumber(String column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    public boolean flag(String column) throws SQLException {
        return number(column) != 0;
    }

    public Instant instant(String column) throws SQLException {
        return instant(number(column));
    }

    public Optional<Instant> optionalInstant(String column) throws SQLException {
        OptionalLong value = optionalNumber(column);
        return value.isEmpty() ? Optional.empty() : Optional.of(instant(value.getAsLong()));
    }

    private static Instant instant(long nanoseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanoseconds, NANOS_PER_SECOND), Math.floorMod(nanoseconds, NANOS_PER_SECOND));
    }

    private static <T> T present(String column, T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is NULL");
        }
        return value;
    }
}
