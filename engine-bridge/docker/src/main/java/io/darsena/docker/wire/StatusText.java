package io.darsena.docker.wire;

import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.Created;
import io.darsena.bridge.container.ContainerState.Dead;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.container.ContainerState.Paused;
import io.darsena.bridge.container.ContainerState.Removing;
import io.darsena.bridge.container.ContainerState.Restarting;
import io.darsena.bridge.container.ContainerState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The words of `docker ps` for a state.
public final class StatusText {

    private StatusText() {}

    /// The API's `State`: one lower-case word.
    public static String word(ContainerState state) {
        return state.status().name().toLowerCase(Locale.ROOT);
    }

    /// The API's `Status`: `Up 2 minutes (Paused)`, `Exited (0) 3 seconds ago`.
    public static String sentence(ContainerState state, Instant now) {
        return switch (state) {
            case Created created -> "Created";
            case Running running -> "Up " + age(running.since(), now);
            case Paused paused -> "Up " + age(paused.startedAt(), now) + " (Paused)";
            case Restarting restarting -> "Restarting " + age(restarting.since(), now) + " ago";
            case Exited exited -> "Exited (" + exited.code() + ") " + age(exited.since(), now) + " ago";
            case Removing removing -> "Removal In Progress";
            case Dead dead -> "Dead";
        };
    }

    static String age(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        long minutes = age.toMinutes();
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = Math.round(age.toMinutes() / 60.0);
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        long days = hours / 24;
        if (days < 14) {
            return days + " days";
        }
        if (days < 60) {
            return days / 7 + " weeks";
        }
        return days < 730 ? days / 30 + " months" : days / 365 + " years";
    }
}
