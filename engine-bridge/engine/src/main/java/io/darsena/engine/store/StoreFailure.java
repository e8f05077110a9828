package io.darsena.engine.store;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.UnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// SQLite's errors in the engine's words.
final class StoreFailure {

    private static final int PRIMARY_CODE = 0xff;

    private StoreFailure() {}

    static EngineException of(String operation, Path file, SQLException e) {
        String reason = String.valueOf(e.getMessage());
        int code = e.getErrorCode() & PRIMARY_CODE;
        EngineException told;
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            told = damaged(operation, file, reason);
        } else if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            told = unavailable(operation, file, "the disk is full", "free some space");
        } else if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
            told = unavailable(operation, file, "another program holds it", "close that program");
        } else if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_READONLY.code) {
            told = unavailable(operation, file, reason, "make the file and its directory writable for this user");
        } else {
            told = new FailedException(operation, "database " + file, reason, "");
        }
        told.initCause(e);
        return told;
    }

    static CorruptedException damaged(String operation, Path file, String reason) {
        return new CorruptedException(
                operation,
                "database " + file,
                "it is damaged (" + reason + ")",
                "restore it from a backup, or move it and its directory away to begin anew");
    }

    private static UnavailableException unavailable(String operation, Path file, String reason, String remedy) {
        return new UnavailableException(operation, "database " + file, reason, remedy);
    }
}
