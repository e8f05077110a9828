package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.text.Messages;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.trash.TrashPolicy;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrashPolicyViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);
    private final TrashPolicyViewModel model = window.doing(
            () -> new TrashPolicyViewModel(window.session(), window.commands(), Messages.in(Locale.ENGLISH)));

    @AfterEach
    void close() {
        window.close();
    }

    private void type(String days, String free) {
        window.doing(() -> {
            model.days().set(days);
            model.free().set(free);
            return model.keep();
        });
    }

    private void tick(boolean byAge, boolean bySpace) {
        window.doing(() -> {
            model.byAge().set(byAge);
            model.bySpace().set(bySpace);
            return model.keep();
        });
    }

    @Test
    void whatTheEngineHasStandsInTheFields() {
        assertThat(model.byAge().get()).isTrue();
        assertThat(model.days().get()).isEqualTo("7");
        assertThat(model.bySpace().get()).isTrue();
        assertThat(model.free().get()).isEqualTo("2 GB");
    }

    @Test
    void whatIsRightReachesTheEngine() {
        type("30", "1,5 GB");
        TrashPolicy wanted = new TrashPolicy(OptionalInt.of(30), OptionalLong.of(1_500_000_000L));
        window.until(() -> engine.settings().trash().equals(wanted));
    }

    @Test
    void eachLimitIsSwitchedOffAloneAndComesBackAsItWas() {
        type("30", "1 GB");
        tick(false, true);
        window.until(() -> engine.settings().trash().days().isEmpty());
        assertThat(engine.settings().trash().freeBytes()).hasValue(1_000_000_000L);
        tick(false, false);
        window.until(() -> engine.settings().trash().equals(TrashPolicy.NEVER));
        assertThat(window.doing(() -> model.outcome().get())).contains("by hand");
        tick(true, true);
        TrashPolicy again = new TrashPolicy(OptionalInt.of(30), OptionalLong.of(1_000_000_000L));
        window.until(() -> engine.settings().trash().equals(again));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2 GB, days",
        "3651, 2 GB, days",
        "-1, 2 GB, days",
        "'', 2 GB, days",
        "seven, 2 GB, days",
        "99999999999, 2 GB, days",
        "7, much, free",
        "7, 0, free",
        "7, '', free",
        "7, -2 GB, free",
        "7, 1001 TB, free"
    })
    void whatIsWrongIsToldBesideItsFieldAndNeverKept(String days, String free, String field) {
        type(days, free);
        assertThat(model.daysProblem().get().isEmpty()).isEqualTo(!field.equals("days"));
        assertThat(model.freeProblem().get().isEmpty()).isEqualTo(!field.equals("free"));
        assertThat(model.outcome().get()).isEmpty();
        assertThat(engine.settings().trash()).isEqualTo(TrashPolicy.DEFAULT);
    }

    @Test
    void whatIsSwitchedOffMaySayAnything() {
        tick(false, true);
        type("nonsense", "3 GB");
        assertThat(model.daysProblem().get()).isEmpty();
        window.until(() -> engine.settings()
                .trash()
                .equals(new TrashPolicy(OptionalInt.empty(), OptionalLong.of(3_000_000_000L))));
    }

    @Test
    void whatSomebodyElseChangesShowsAndWhatThePersonTypedOnStays() {
        TrashPolicy other = new TrashPolicy(OptionalInt.of(21), OptionalLong.empty());
        window.doing(() -> {
            model.show(other);
            return true;
        });
        assertThat(model.days().get()).isEqualTo("21");
        assertThat(model.bySpace().get()).isFalse();
        window.doing(() -> {
            model.days().set("1");
            model.keep();
            model.days().set("14");
            model.show(other.withDays(OptionalInt.of(1)));
            return true;
        });
        assertThat(model.days().get()).isEqualTo("14");
    }

    @Test
    void whatTheEngineCannotKeepIsTold() {
        fake.failNext("change settings", new DeniedException("keep", "settings", "the disk is read-only", ""));
        type("14", "2 GB");
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(engine.settings().trash()).isEqualTo(TrashPolicy.DEFAULT);
    }

    @Test
    void theDefaultsComeBackAtOneRequest() {
        tick(false, false);
        window.until(() -> window.session().settings().get().trash().equals(TrashPolicy.NEVER));
        window.doing(() -> {
            model.reset();
            return true;
        });
        window.until(() -> engine.settings().trash().equals(TrashPolicy.DEFAULT));
    }
}
