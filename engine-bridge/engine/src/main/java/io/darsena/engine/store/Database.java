package io.darsena.engine.store;

import io.darsena.bridge.error.FailedException;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// The engine's database. One connection, one thread at a time: work waits for the lock, so it must be short and
/// touch nothing but the database. What a `write` has returned from survives `kill -9`.
///
/// The lock owns the connection and all fields that change.
public final class Database implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final Connection connection;
    private final Session session;
    private Mode mode = Mode.NONE;
    private boolean failed;

    /// A change within the outermost one threw, and whoever made that one caught it.
    private boolean poisoned;

    private enum Mode {
        NONE,
        READ,
        WRITE
    }

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.session = new Session(connection);
    }

    /// Opens or makes the database and brings its schema up to date. The caller holds the data directory's lock.
    ///
    /// @throws io.darsena.bridge.error.CorruptedException when the file is damaged or no database
    /// @throws io.darsena.bridge.error.ConflictException when a newer Darsena has written it
    public static Database open(EnginePaths paths) {
        Path file = paths.database();
        try {
            Connection connection = SqliteFile.connect(file, paths.nativeLibraries());
            try {
                new Schema(Schema.VERSIONS).bringUpToDate(connection, file);
                return new Database(file, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw StoreFailure.of("open", file, e);
        }
    }

    /// What is done with the rows. It must not keep the session.
    @FunctionalInterface
    public interface Work<T> {
        T on(Session session) throws SQLException;
    }

    @FunctionalInterface
    public interface Change {
        void on(Session session) throws SQLException;
    }

    /// Reads one consistent state. May be called within a `read` or `write` of the same thread.
    public <T> T read(Work<T> work) {
        return inTransaction(Mode.READ, work);
    }

    /// Changes all or nothing: when the work throws, nothing has happened. Within another `write` of the same
    /// thread it becomes part of that one.
    public <T> T write(Work<T> work) {
        return inTransaction(Mode.WRITE, work);
    }

    /// As [#write(Work)], without a result.
    public void change(Change change) {
        write(session -> {
            change.on(session);
            return true;
        });
    }

    /// Waits until every change up to now survives a loss of power too. For who is about to delete files
    /// that a row has named: the row must not come back without them. Nobody else who uses the database
    /// waits for it.
    public void makeDurable() {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (NoSuchFileException allIsInTheFileItself) {
            // nothing was changed since it was opened
        } catch (IOException e) {
            throw new FailedException("use", "database " + file, String.valueOf(e.getMessage()), "");
        }
    }

    private <T> T inTransaction(Mode wanted, Work<T> work) {
        lock.lock();
        try {
            if (mode != Mode.NONE) {
                return within(wanted, work);
            }
            session.begin(wanted == Mode.WRITE);
            mode = wanted;
            failed = true;
            T result = work.on(session);
            if (poisoned) {
                throw new IllegalStateException("a change within this one failed: nothing of it can be kept");
            }
            session.commit();
            failed = false;
            return result;
        } catch (SQLException e) {
            throw StoreFailure.of("use", file, e);
        } finally {
            if (lock.getHoldCount() == 1) {
                end();
            }
            lock.unlock();
        }
    }

    private <T> T within(Mode wanted, Work<T> work) throws SQLException {
        if (mode == Mode.READ && wanted == Mode.WRITE) {
            throw new IllegalStateException("a change cannot be made while reading");
        }
        boolean done = false;
        try {
            T result = work.on(session);
            done = true;
            return result;
        } finally {
            poisoned |= wanted == Mode.WRITE && !done;
        }
    }

    private void end() {
        boolean rollBack = failed && mode != Mode.NONE;
        mode = Mode.NONE;
        failed = false;
        poisoned = false;
        if (rollBack) {
            session.rollBack();
        }
    }

    /// Waits for work under way. Idempotent.
    @Override
    public void close() {
        lock.lock();
        try {
            session.close();
            connection.close();
        } catch (SQLException e) {
            throw StoreFailure.of("close", file, e);
        } finally {
            lock.unlock();
        }
    }
}
