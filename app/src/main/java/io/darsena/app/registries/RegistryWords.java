package io.darsena.app.registries;

import io.darsena.app.session.KnownRegistry;
import io.darsena.app.session.KnownRegistry.Reach;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What is known of a registry, in words and shapes.
public final class RegistryWords {

    private final Messages messages;

    public RegistryWords(Messages messages) {
        this.messages = messages;
    }

    /// `Docker Hub`, else the host.
    public static String name(RegistryHost host) {
        return host.equals(RegistryHost.DOCKER_HUB) ? "Docker Hub" : host.name();
    }

    String state(KnownRegistry known) {
        return switch (known.reach()) {
            case Reach.Asking asking -> messages.text("registry.asking");
            case Reach.Silent silent -> messages.text("registry.silent");
            case Reach.Unknown unknown -> loggedIn(known).orElseGet(() -> messages.text("registry.unknown"));
            case Reach.Answered answered ->
                answered.answer().access() == RegistryAnswer.Access.LOGIN_NEEDED
                        ? messages.text("registry.login_needed")
                        : loggedIn(known)
                                .orElseGet(() -> messages.text("registry."
                                        + answered.answer().access().name().toLowerCase(Locale.ROOT)));
        };
    }

    private Optional<String> loggedIn(KnownRegistry known) {
        return known.login()
                .map(RegistryLogin::user)
                .map(user -> user.isEmpty()
                        ? messages.text("registry.loggedIn")
                        : messages.text("registry.loggedInAs", user));
    }

    /// The style class that colours and shapes a badge.
    static String tone(KnownRegistry known) {
        return switch (known.reach()) {
            case Reach.Asking asking -> "moving";
            case Reach.Silent silent -> "failed";
            case Reach.Unknown unknown -> "untouched";
            case Reach.Answered answered ->
                answered.answer().access() == RegistryAnswer.Access.LOGIN_NEEDED ? "paused" : "running";
        };
    }

    /// How well the connection is guarded.
    public enum Guard {
        TLS,
        UNCHECKED,
        PLAIN,
        UNKNOWN;

        static Guard of(KnownRegistry known) {
            if (known.reach() instanceof Reach.Answered answered) {
                return !answered.answer().encrypted() ? PLAIN : known.isInsecure() ? UNCHECKED : TLS;
            }
            return known.isInsecure() ? UNCHECKED : UNKNOWN;
        }

        Ikon icon() {
            return switch (this) {
                case TLS -> Feather.LOCK;
                case UNCHECKED -> Feather.ALERT_TRIANGLE;
                case PLAIN -> Feather.UNLOCK;
                case UNKNOWN -> Feather.MINUS;
            };
        }

        String style() {
            return switch (this) {
                case TLS -> "guarded";
                case UNCHECKED, PLAIN -> "unguarded";
                case UNKNOWN -> "muted";
            };
        }
    }

    String guard(Guard guard) {
        return messages.text("registry.guard." + guard.name().toLowerCase(Locale.ROOT));
    }

    /// `76 of 100`.
    String shortRate(RateGauge rate) {
        return messages.text("registry.rateShort", rate.remaining(), rate.limit());
    }

    /// `76 of 100 left in 6 h`; of a window of no length without it.
    public String rate(RateGauge rate) {
        return rate.window().isZero()
                ? messages.text("registry.rate", rate.remaining(), rate.limit())
                : messages.text(
                        "registry.rateIn",
                        rate.remaining(),
                        rate.limit(),
                        messages.quantities().duration(rate.window()));
    }

    /// What a test of it found, and where a login is kept.
    String facts(KnownRegistry known) {
        StringBuilder facts = new StringBuilder();
        if (known.reach() instanceof Reach.Answered answered) {
            facts.append(messages.text(
                    "registry.answered",
                    messages.quantities().measured(answered.answer().took())));
        }
        known.login()
                .ifPresent(login -> append(
                        facts, messages.text(login.plain() ? "registry.keptPlain" : "registry.kept", login.keptBy())));
        known.rate().ifPresent(rate -> append(facts, rate(rate)));
        known.rateAt()
                .ifPresent(at -> append(
                        facts,
                        messages.text("registry.rateSeen", messages.quantities().spelledAgo(at, Instant.now()))));
        return facts.toString();
    }

    private static void append(StringBuilder facts, String words) {
        facts.append(facts.isEmpty() ? "" : " · ").append(words);
    }
}
