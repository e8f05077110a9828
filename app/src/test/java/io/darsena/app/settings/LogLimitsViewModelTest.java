package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.text.Messages;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLimitsViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);
    private final LogLimitsViewModel model = window.doing(
            () -> new LogLimitsViewModel(window.session(), window.commands(), Messages.in(Locale.ENGLISH)));

    @AfterEach
    void close() {
        window.close();
    }

    private void type(String size, String files) {
        window.doing(() -> {
            model.size().set(size);
            model.files().set(files);
            return model.keep();
        });
    }

    @Test
    void whatTheEngineHasStandsInTheFields() {
        assertThat(model.size().get()).isEqualTo("10 MB");
        assertThat(model.files().get()).isEqualTo("3");
        assertThat(model.total().get()).contains("30\u00a0MB");
    }

    @Test
    void whatIsRightReachesTheEngine() {
        type("1,5 GB", "2");
        window.until(() -> engine.settings().logs().equals(new LogLimits(1_500_000_000, 2)));
    }

    @ParameterizedTest
    @CsvSource({"much, 3", "1 kB, 3", "2000 TB, 3", "'', 3", "10 MB, 0", "10 MB, 1001", "10 MB, three", "-5 MB, 3"})
    void whatIsWrongIsToldBesideItsFieldAndNeverKept(String size, String files) {
        type(size, files);
        assertThat(model.sizeProblem().get() + model.filesProblem().get()).isNotBlank();
        assertThat(model.total().get()).isEmpty();
        assertThat(engine.settings().logs()).isEqualTo(LogLimits.DEFAULT);
    }

    @Test
    void whatTheEngineCannotKeepIsTold() {
        fake.failNext("change settings", new DeniedException("keep", "settings", "the disk is read-only", ""));
        type("20 MB", "3");
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(engine.settings().logs()).isEqualTo(LogLimits.DEFAULT);
    }

    @Test
    void theDefaultsComeBackAtOneRequest() {
        type("20 MB", "5");
        window.until(() -> window.session().settings().get().logs().files() == 5);
        window.doing(() -> {
            model.reset();
            return true;
        });
        window.until(() -> engine.settings().logs().equals(LogLimits.DEFAULT));
    }
}
