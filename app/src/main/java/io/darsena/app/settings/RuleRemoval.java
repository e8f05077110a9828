package io.darsena.app.settings;

import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Takes rules of trust away, and puts the last one back as it was, as long as there is time for second thoughts.
/// JavaFX thread only.
final class RuleRemoval {

    private static final Duration SECOND_THOUGHTS = Duration.ofSeconds(10);

    private final Commands commands;
    private final FxPump pump;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyObjectWrapper<Optional<TrustRule>> removed = new ReadOnlyObjectWrapper<>(Optional.empty());
    private FxPump.Ticking timer = () -> {};

    RuleRemoval(Commands commands, FxPump pump) {
        this.commands = commands;
        this.pump = pump;
    }

    /// Where a refusal shows.
    FailurePlace place() {
        return place;
    }

    void remove(TrustRule rule) {
        change(now -> now.withoutRule(rule.scope()));
        timer.close();
        removed.set(Optional.of(rule));
        timer = pump.after(SECOND_THOUGHTS, () -> removed.set(Optional.empty()));
    }

    /// What can still be put back.
    ReadOnlyObjectProperty<Optional<TrustRule>> removed() {
        return removed.getReadOnlyProperty();
    }

    /// A rule that has been made for the same names since then stays.
    void undo() {
        timer.close();
        removed.get().ifPresent(rule -> change(now -> hasRule(now, rule.scope()) ? now : now.with(rule)));
        removed.set(Optional.empty());
    }

    private static boolean hasRule(TrustSettings now, String scope) {
        return now.rules().stream().anyMatch(rule -> rule.scope().equals(scope));
    }

    private void change(UnaryOperator<TrustSettings> edit) {
        commands.change(place, settings -> settings.withTrust(edit.apply(settings.trust())));
    }
}
