package io.darsena.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowThread;
import io.darsena.app.screen.ComparedImages;
import io.darsena.app.screen.ComparedImages.Side;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.ConfigComparison.Row;
import io.darsena.bridge.layer.TreeComparison;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompareViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final ImageId before = TwoImages.addOld(fake);
    private final ImageId after = TwoImages.addNew(fake);
    private final WindowThread window = new WindowThread(fake);
    private final CompareViewModel model =
            window.doing(() -> new CompareViewModel(window.session(), window.commands(), window.pump()));
    private final ComparedImages pair =
            new ComparedImages(new Side(before, TwoImages.OLD), new Side(after, TwoImages.NEW));

    @AfterEach
    void close() {
        window.close();
    }

    private void doing(Runnable work) {
        window.doing(() -> {
            work.run();
            return true;
        });
    }

    private void show(ComparedImages images) {
        doing(() -> model.show(images));
        window.until(() -> !model.reading().get() && model.files().get().isPresent());
    }

    private TreeComparison.Sums sums() {
        return window.doing(() -> model.files().get().orElseThrow().sums());
    }

    private List<String> config() {
        return window.doing(() -> model.config().stream()
                .map(row -> row.part() + " " + row.name())
                .toList());
    }

    @Test
    void filesConfigurationAndLayersAreCompared() {
        show(pair);
        TreeComparison.Sums sums = sums();
        assertThat(sums.added()).isEqualTo(1);
        assertThat(sums.removed()).isEqualTo(2);
        assertThat(sums.changed()).isEqualTo(1);
        assertThat(sums.unread()).as("srv/same, of another layer").isEqualTo(1);
        assertThat(sums.growth()).isEqualTo(900 - 500 - 286 + 600);
        assertThat(config()).containsExactly("ENVIRONMENT VERSION", "USER ");
        assertThat(window.doing(
                        () -> LayerRow.of(model.pair().get().orElseThrow().layers()).stream()
                                .map(row -> row.number() + " " + row.before().isPresent() + " "
                                        + row.after().isPresent() + " " + row.shared())
                                .toList()))
                .containsExactly("3 false true false", "2 true true false", "1 true true true");
    }

    @Test
    void theOtherWayRoundIsKnownWithoutAskingTheEngine() {
        show(pair);
        fake.failNext("show files", new CorruptedException("show the files of", "it", "it is damaged", ""));
        show(pair.swapped());
        assertThat(sums().added()).isEqualTo(2);
        assertThat(sums().removed()).isEqualTo(1);
        assertThat(window.doing(() -> model.pair().get().orElseThrow().before().id()))
                .isEqualTo(after);
    }

    @Test
    void whatIsTheSameInBothConfigurationsIsShownOnDemandAndLast() {
        show(pair);
        doing(() -> model.wholeConfig().set(true));
        assertThat(config()).startsWith("ENVIRONMENT VERSION", "USER ").contains("ENVIRONMENT PATH", "PORT 80/tcp");
        assertThat(window.doing(() ->
                        model.config().stream().map(Row::change).distinct().count()))
                .isEqualTo(3);
    }

    @Test
    void twoNamesOfOneImageAreToldAsThat() {
        show(new ComparedImages(new Side(before, TwoImages.OLD), new Side(before, "acme/site:latest")));
        assertThat(sums().isNothing()).isTrue();
        assertThat(sums().unread()).isZero();
        assertThat(window.doing(() -> model.pair().get().orElseThrow().isOneImage()))
                .isTrue();
    }

    @Test
    void whatFailedIsAskedForAgain() {
        fake.failNext("show files", new CorruptedException("show the files of", "it", "it is damaged", ""));
        doing(() -> model.show(pair));
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(window.doing(() -> model.pair().get()))
                .as("what needs no files stays")
                .isPresent();
        doing(model::retry);
        window.until(() -> model.files().get().isPresent());
        assertThat(window.doing(() -> model.place().failure().get())).isEmpty();
    }

    @Test
    void anImageThatIsGoneIsToldAsThat() {
        ((Engine) fake).images().remove(after);
        window.until(() -> !window.session().images().containsKey(after));
        doing(() -> model.show(pair));
        assertThat(window.doing(
                        () -> model.place().failure().get().orElseThrow().subject()))
                .isEqualTo("image " + TwoImages.NEW);
        assertThat(window.doing(() -> model.files().get())).isEmpty();
    }

    @Test
    void whoLeavesKeepsNoFiles() {
        show(pair);
        doing(model::leave);
        assertThat(window.doing(() -> model.files().get())).isEmpty();
        assertThat(window.doing(() -> model.rows().size())).isZero();
        show(pair);
        assertThat(sums().changed()).isEqualTo(1);
    }

    @Test
    void theChooserAsksForOneAfterTheOtherByAPartOfTheirNames() {
        CompareChooserViewModel chooser =
                window.doing(() -> new CompareChooserViewModel(window.session(), Optional.empty()));
        doing(() -> chooser.typed().set("ITE:1.3"));
        assertThat(names(chooser)).containsExactly(TwoImages.OLD);
        assertThat(window.doing(() -> chooser.choose(chooser.shown().getFirst())))
                .isEmpty();
        assertThat(names(chooser)).containsExactly(TwoImages.NEW, "darsena/starter:latest");
        assertThat(window.doing(() -> chooser.choose(chooser.shown().getFirst())))
                .contains(pair);
    }

    private List<String> names(CompareChooserViewModel chooser) {
        return window.doing(() -> chooser.shown().stream().map(Side::name).toList());
    }
}
