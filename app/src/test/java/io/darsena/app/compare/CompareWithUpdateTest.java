package io.darsena.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.AtRegistry;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.session.TransferJob.Phase;
import io.darsena.app.session.Transfers;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.LayerComparison.Layer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An image and what its registry has under its name now.
class CompareWithUpdateTest {

    private static final ImageReference NAME = ImageReference.parse(TwoImages.OLD);

    private final FakeEngine fake = new FakeEngine();
    private final ImageId old = TwoImages.addOldWithUpdate(fake);
    private final WindowSession window = new WindowSession(fake);
    private final Transfers transfers = window.doing(() -> new Transfers(window.commands(), window.pump()));
    private final CompareViewModel model =
            window.doing(() -> new CompareViewModel(window.session(), window.commands(), window.pump(), transfers));
    private final ComparedSides pair =
            new ComparedSides(new Here(old, TwoImages.OLD), new AtRegistry(NAME, "linux/amd64"));

    @AfterEach
    void close() {
        window.close();
    }

    private void show() {
        window.run(() -> {
            model.onArrival(model::show);
            model.follow();
            model.show(pair);
        });
    }

    private boolean isUpdate() {
        return model.pair()
                .get()
                .filter(ComparedPair.WithUpdate.class::isInstance)
                .isPresent();
    }

    private ComparedPair.WithUpdate update() {
        return window.doing(() -> (ComparedPair.WithUpdate) model.pair().get().orElseThrow());
    }

    private List<String> config() {
        return window.doing(() -> model.config().stream()
                .map(row -> row.part() + " " + row.name() + " " + row.change())
                .toList());
    }

    @Test
    void configurationAndLayersAreComparedAndNothingComes() {
        show();
        window.until(this::isUpdate);
        assertThat(config()).containsExactly("ENVIRONMENT VERSION CHANGED", "USER  ADDED");
        assertThat(update().layers().shared()).hasSize(1).allMatch(Layer::here);
        assertThat(update().layers().after().stream().map(Layer::here))
                .as("the middle one has no bytes")
                .containsExactly(true, false);
        assertThat(update().update().layersToFetch()).isEqualTo(1);
        assertThat(window.doing(() -> model.files().get())).isEmpty();
        assertThat(((Engine) fake).images().list())
                .extracting(image -> image.id())
                .contains(old)
                .hasSize(2);

        fake.failNext("preview", new UnavailableException("preview", TwoImages.OLD, "nothing answers", ""));
        long growth = update().growth().orElseThrow();
        window.run(() -> model.show(pair.swapped()));
        assertThat(window.doing(this::isUpdate))
                .as("known without asking again")
                .isTrue();
        assertThat(config()).containsExactly("ENVIRONMENT VERSION CHANGED", "USER  REMOVED");
        assertThat(update().layers().before()).hasSize(2);
        assertThat(update().growth()).hasValue(-growth);
    }

    @Test
    void onceItIsPulledFilesAreComparedAndTheOldImageStaysByItsId() {
        show();
        window.until(this::isUpdate);
        window.run(model::pull);
        window.until(() -> model.files().get().isPresent());
        assertThat(window.doing(() -> model.files().get().orElseThrow().sums().removed()))
                .isEqualTo(2);
        ComparedSides now = window.doing(() -> model.pair().get().orElseThrow().names());
        assertThat(now.before()).isEqualTo(new Here(old, old.shortId()));
        assertThat(now.after().name()).isEqualTo(TwoImages.OLD);
        assertThat(now.atRegistry()).isEmpty();
        window.until(() -> model.pulling().job().get().isEmpty());

        window.run(() -> model.show(pair));
        window.until(() -> model.files().get().isPresent());
        assertThat(window.doing(() -> model.pair().get()))
                .as("back there, both are here")
                .containsInstanceOf(ComparedPair.BothHere.class);
    }

    @Test
    void whatComesByItselfIsComparedToo() {
        show();
        window.until(this::isUpdate);
        ((Engine) fake).sync().autoPull(NAME, true);
        window.until(() -> model.files().get().isPresent());
    }

    @Test
    void whatFailedIsAskedForAgain() {
        fake.failNext("preview", new UnavailableException("preview", TwoImages.OLD, "nothing answers", ""));
        show();
        window.until(() -> model.place().failure().get().isPresent());
        window.run(model::retry);
        window.until(this::isUpdate);
        assertThat(window.doing(() -> model.place().failure().get())).isEmpty();
        fake.failNext("pull", new UnavailableException("pull", TwoImages.OLD, "nothing answers", ""));
        window.run(model::pull);
        window.until(() -> model.pulling()
                .job()
                .get()
                .filter(job -> job.phase().get() == Phase.FAILED)
                .isPresent());
        window.run(model::pull);
        window.until(() -> model.files().get().isPresent());
        assertThat(window.doing(() -> transfers.recent().size())).isEqualTo(1);
    }

    @Test
    void aPullThatIsCancelledLeavesWhatIsKnown() throws Exception {
        show();
        window.until(this::isUpdate);
        try (AutoCloseable held = fake.hold("pull")) {
            window.run(model::pull);
            window.until(() -> model.pulling().job().get().isPresent());
            window.run(model.pulling()::cancel);
        }
        assertThat(window.doing(() -> model.pulling().job().get())).isEmpty();
        assertThat(window.doing(this::isUpdate)).isTrue();
    }

    @Test
    void theChooserTakesATypedTagForWhatItsRegistryHas() {
        CompareChooserViewModel chooser = window.doing(
                () -> new CompareChooserViewModel(window.session(), Optional.of(new Here(old, TwoImages.OLD))));
        window.run(() -> chooser.typed().set("acme/site"));
        assertThat(shown(chooser)).isEmpty();
        window.run(() -> chooser.typed().set(TwoImages.NEW));
        Side remote = new AtRegistry(ImageReference.parse(TwoImages.NEW), "linux/amd64");
        assertThat(shown(chooser)).containsExactly(remote);
        assertThat(window.doing(() -> chooser.choose(remote)))
                .contains(new ComparedSides(new Here(old, TwoImages.OLD), remote));
        window.run(() -> chooser.typed().set("acme/site:1.4:"));
        assertThat(shown(chooser)).isEmpty();
    }

    private List<Side> shown(CompareChooserViewModel chooser) {
        return window.doing(() -> List.copyOf(chooser.shown()));
    }
}
