package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// What an engine does, whatever it is made of: the facts of every part, each on an engine of its own.
@Timeout(120)
public abstract class EngineContract
        implements TableContract,
                StartContract,
                EndContract,
                CreationContract,
                MakingContract,
                ImageContract,
                FilesContract,
                PackagesContract,
                TrashContract,
                EventContract,
                LogContract,
                OutputContract,
                SettingsContract,
                MetricsContract {

    private Optional<Engine> engine = Optional.empty();

    /// Opens an engine that has no container, and an image called [#image].
    protected abstract Engine open() throws Exception;

    @Override
    public final Engine engine() {
        return engine.orElseThrow(() -> new IllegalStateException("the engine is not open"));
    }

    @BeforeEach
    void openEngine() throws Exception {
        engine = Optional.of(open());
    }

    @AfterEach
    void closeEngine() {
        engine().trash().purgeAll();
        for (Container container : containers().list()) {
            containers().forceRemove(container.id());
        }
        assertThat(containers().list()).isEmpty();
        engine().close();
    }
}
