package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The table of containers, those in the trash left out ([TrashRows]). Each method is one transaction.
final class ContainerRows {

    private static final String INSERT = """
            INSERT INTO containers (id, name, image, created_at, definition, run, status, since, history, steps)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')""";
    private static final String UPDATE = """
            UPDATE containers SET run = ?, status = ?, since = ?, started_at = ?, pid = ?, exit_code = ?,
              exit_signal = ?, exit_cause = ?, reason = ?, history = ?, steps = ?, last_error = ?, last_error_code = ?, wish = NULL
            WHERE id = ?""";

    private final Database database;

    ContainerRows(Database database) {
        this.database = database;
    }

    void insert(ContainerRecord record) {
        ContainerDefinition definition = record.definition();
        String json = DefinitionJson.write(definition);
        database.change(session -> session.execute(
                INSERT,
                definition.id().hex(),
                record.name(),
                definition.image().toString(),
                definition.createdAt(),
                json,
                record.run(),
                record.state().status().name(),
                record.state().since(),
                HistoryText.write(record.history())));
    }

    void update(ContainerRecord record) {
        StateColumns state = StateColumns.of(record.state());
        String history = HistoryText.write(record.history());
        String steps = HistoryText.writeSteps(record.steps());
        database.change(session -> session.execute(
                UPDATE,
                record.run(),
                record.state().status().name(),
                record.state().since(),
                state.startedAt(),
                state.pid(),
                state.exitCode(),
                state.exitSignal(),
                state.exitCause(),
                state.reason(),
                history,
                steps,
                record.lastFailure().map(ContainerRecord.StartFailure::message),
                record.lastFailure().map(ContainerRecord.StartFailure::code),
                record.definition().id().hex()));
    }

    /// What was asked of the run that goes on; forgotten with the next [#update].
    void wish(ContainerId id, Trigger wish) {
        database.change(
                session -> session.execute("UPDATE containers SET wish = ? WHERE id = ?", wish.name(), id.hex()));
    }

    Map<ContainerId, Trigger> wishes() {
        Map<ContainerId, Trigger> wishes = new HashMap<>();
        database.read(session -> session.query(
                        "SELECT id, wish FROM containers WHERE wish IS NOT NULL",
                        row -> Map.entry(ContainerId.parse(row.text("id")), Trigger.valueOf(row.text("wish")))))
                .forEach(entry -> wishes.put(entry.getKey(), entry.getValue()));
        return wishes;
    }

    void rename(ContainerId id, String name) {
        database.change(session -> session.execute("UPDATE containers SET name = ? WHERE id = ?", name, id.hex()));
    }

    void delete(ContainerId id) {
        database.change(session -> session.execute("DELETE FROM containers WHERE id = ?", id.hex()));
    }

    List<ContainerRecord> all() {
        return database.read(session -> session.query(
                "SELECT * FROM containers WHERE removed_at IS NULL ORDER BY created_at", ContainerRows::record));
    }

    List<String> usersOf(ImageId image) {
        return database.read(session -> session.query(
                "SELECT name FROM containers WHERE image = ? AND removed_at IS NULL ORDER BY name",
                row -> row.text("name"),
                image.toString()));
    }

    static ContainerRecord record(Row row) throws SQLException {
        ContainerDefinition definition = DefinitionJson.read(
                ContainerId.parse(row.text("id")),
                ImageId.parse(row.text("image")),
                row.instant("created_at"),
                row.text("definition"));
        Optional<String> failure = row.optionalText("last_error");
        int failureCode = (int) row.optionalNumber("last_error_code").orElse(0);
        return new ContainerRecord(
                definition,
                row.text("name"),
                row.number("run"),
                state(row),
                HistoryText.read(row.text("history")),
                HistoryText.readSteps(row.text("steps")),
                failure.map(message -> new ContainerRecord.StartFailure(message, failureCode)));
    }

    private static ContainerState state(Row row) throws SQLException {
        Instant since = row.instant("since");
        Instant startedAt = row.optionalInstant("started_at").orElse(since);
        int pid = (int) row.optionalNumber("pid").orElse(0);
        return switch (ContainerStatus.valueOf(row.text("status"))) {
            case CREATED -> new ContainerState.Created(since);
            case RUNNING -> new ContainerState.Running(pid, since);
            case PAUSED -> new ContainerState.Paused(pid, startedAt, since);
            case RESTARTING -> new ContainerState.Restarting(since);
            case EXITED -> exited(row, startedAt, since);
            case REMOVING -> new ContainerState.Removing(since);
            case DEAD -> new ContainerState.Dead(row.optionalText("reason").orElse(""), since);
        };
    }

    private static ContainerState exited(Row row, Instant startedAt, Instant since) throws SQLException {
        int signal = (int) row.optionalNumber("exit_signal").orElse(0);
        return new ContainerState.Exited(
                (int) row.number("exit_code"),
                signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal),
                ExitCause.valueOf(row.optionalText("exit_cause").orElse(ExitCause.LOST.name())),
                startedAt,
                since);
    }

    /// What a state carries, as columns.
    private record StateColumns(
            Optional<Instant> startedAt,
            Optional<Integer> pid,
            Optional<Integer> exitCode,
            Optional<Integer> exitSignal,
            Optional<String> exitCause,
            Optional<String> reason) {

        private static final StateColumns NONE = new StateColumns(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        static StateColumns of(ContainerState state) {
            return switch (state) {
                case ContainerState.Created created -> NONE;
                case ContainerState.Restarting restarting -> NONE;
                case ContainerState.Removing removing -> NONE;
                case ContainerState.Running running -> running(running.pid(), running.since());
                case ContainerState.Paused paused -> running(paused.pid(), paused.startedAt());
                case ContainerState.Exited exited ->
                    new StateColumns(
                            Optional.of(exited.startedAt()),
                            Optional.empty(),
                            Optional.of(exited.code()),
                            exited.signal().isPresent()
                                    ? Optional.of(exited.signal().getAsInt())
                                    : Optional.empty(),
                            Optional.of(exited.cause().name()),
                            Optional.empty());
                case ContainerState.Dead dead ->
                    new StateColumns(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(dead.reason()));
            };
        }

        private static StateColumns running(int pid, Instant startedAt) {
            return new StateColumns(
                    Optional.of(startedAt),
                    Optional.of(pid),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
