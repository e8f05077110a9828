package io.darsena.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.session.Transfers;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.ConfigComparison.Row;
import io.darsena.bridge.layer.TreeComparison;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompareViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final ImageId before = TwoImages.addOld(fake);
    private final ImageId after = TwoImages.addNew(fake);
    private final WindowSession window = new WindowSession(fake);
    private final Transfers transfers = window.doing(() -> new Transfers(window.commands(), window.pump()));
    private final CompareViewModel model =
            window.doing(() -> new CompareViewModel(window.session(), window.commands(), window.pump(), transfers));
    private final ComparedSides pair =
            new ComparedSides(new Here(before, TwoImages.OLD), new Here(after, TwoImages.NEW));

    @AfterEach
    void close() {
        window.close();
    }

    /// What was added just now may not have been told yet.
    private void show(ComparedSides images) {
        window.until(() -> Stream.of(images.before(), images.after())
                .allMatch(side ->
                        side instanceof Here here && window.session().images().containsKey(here.id())));
        window.run(() -> model.show(images));
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
        window.until(() -> !model.comparing().get());
        assertThat(sums().contents())
                .as("srv/same, of another layer, is compared at once")
                .isEqualTo(new TreeComparison.Contents(0, 0, 1, 0, 0, 0));
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
        assertThat(window.doing(() -> model.pair().get().orElseThrow().names())).isEqualTo(pair.swapped());
    }

    private ComparedSides images(String large) {
        ImageId one = add("acme/a:1", large, "t srv/kind one", "t srv/same same");
        ImageId two = add("acme/a:2", "t srv/first 1", "t srv/kind two", "t srv/same same", large);
        return new ComparedSides(new Here(one, "acme/a:1"), new Here(two, "acme/a:2"));
    }

    private ImageId add(String name, String... layers) {
        return fake.addImage(
                name,
                FakeEngine.STARTER_CONFIG,
                Stream.of(layers).map(entry -> FakeLayer.of("COPY . /", entry)).toList());
    }

    @Test
    void littleIsComparedByContentAtOnceAndEqualSizeHidesNothing() {
        show(images("f 5 srv/tiny"));
        window.until(() -> !model.comparing().get());
        assertThat(sums().contents())
                .as("srv/tiny and srv/same come from the same layers")
                .isEqualTo(new TreeComparison.Contents(0, 0, 1, 1, 0, 0));
        assertThat(sums().changed()).isEqualTo(1);
        window.run(() -> model.times().set(false));
        assertThat(sums().changed()).isEqualTo(1);
        window.until(() -> model.rows().size() > 0);
        fake.failNext("compare contents", new CorruptedException("compare the contents of", "it", "it is damaged", ""));
        show(window.doing(() -> model.pair().get().orElseThrow().names()).swapped());
        assertThat(sums().contents().differing())
                .as("the other way round it is known")
                .isEqualTo(1);
        assertThat(window.doing(() -> model.contentsPlace().failure().get())).isEmpty();
    }

    @Test
    void muchIsComparedWhenAPersonWantsItAndCanBeStopped() throws Exception {
        ImageId one = add("acme/a:1", "f 40000000 srv/large");
        ImageId two = add("acme/a:2", "t srv/first 1", "f 40000000 srv/large", "t srv/last 1");
        ImageId three = add("acme/a:3", "t srv/first 1", "t srv/last 1", "f 40000000 srv/large", "f 2 srv/large2");
        // The same entry is the same layer: another one beside it makes it another.
        ImageId other = fake.addImage(
                "acme/a:4",
                FakeEngine.STARTER_CONFIG,
                List.of(
                        FakeLayer.of("", "t srv/first 1"),
                        FakeLayer.of("COPY", "f 40000000 srv/large", "t srv/new 1")));
        show(new ComparedSides(new Here(two, "acme/a:2"), new Here(three, "acme/a:3")));
        assertThat(sums().contents().uncompared()).as("one layer, elsewhere").isZero();
        show(new ComparedSides(new Here(one, "acme/a:1"), new Here(other, "acme/a:4")));
        assertThat(window.doing(() -> model.comparing().get())).isFalse();
        assertThat(sums().contents()).isEqualTo(new TreeComparison.Contents(1, 80_000_000, 0, 0, 0, 0));
        try (AutoCloseable held = fake.hold("compare contents")) {
            window.run(model::compareContents);
            window.until(() -> model.progress().get().isPresent());
            window.run(model::stopContents);
            assertThat(window.doing(() -> model.comparing().get())).isFalse();
        }
        assertThat(sums().contents().uncompared()).isEqualTo(1);
        fake.failNext("compare contents", new CorruptedException("compare the contents of", "it", "it is damaged", ""));
        window.run(model::compareContents);
        window.until(() -> model.contentsPlace().failure().get().isPresent());
        window.run(model::compareContents);
        window.until(() -> sums(model).contents().compared() == 1);
        assertThat(sums().changed()).as("another layer brings other bytes here").isEqualTo(1);
    }

    private static TreeComparison.Sums sums(CompareViewModel model) {
        return model.files().get().orElseThrow().sums();
    }

    @Test
    void whatIsTheSameInBothConfigurationsIsShownOnDemandAndLast() {
        show(pair);
        window.run(() -> model.wholeConfig().set(true));
        assertThat(config()).startsWith("ENVIRONMENT VERSION", "USER ").contains("ENVIRONMENT PATH", "PORT 80/tcp");
        assertThat(window.doing(() ->
                        model.config().stream().map(Row::change).distinct().count()))
                .isEqualTo(3);
    }

    @Test
    void twoNamesOfOneImageAreToldAsThat() {
        show(new ComparedSides(new Here(before, TwoImages.OLD), new Here(before, "acme/site:latest")));
        assertThat(sums().isNothing()).isTrue();
        assertThat(sums().contents().uncompared()).isZero();
        assertThat(window.doing(
                        () -> ((ComparedPair.BothHere) model.pair().get().orElseThrow()).isOne()))
                .isTrue();
    }

    @Test
    void whatFailedIsAskedForAgain() {
        fake.failNext("show files", new CorruptedException("show the files of", "it", "it is damaged", ""));
        window.run(() -> model.show(pair));
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(window.doing(() -> model.pair().get()))
                .as("what needs no files stays")
                .isPresent();
        window.run(model::retry);
        window.until(() -> model.files().get().isPresent());
        assertThat(window.doing(() -> model.place().failure().get())).isEmpty();
    }

    @Test
    void anImageThatIsGoneIsToldAsThat() {
        ((Engine) fake).images().remove(after);
        window.until(() -> !window.session().images().containsKey(after));
        window.run(() -> model.show(pair));
        assertThat(window.doing(
                        () -> model.place().failure().get().orElseThrow().subject()))
                .isEqualTo("image " + TwoImages.NEW);
        assertThat(window.doing(() -> model.files().get())).isEmpty();
    }

    @Test
    void whoLeavesKeepsNoFiles() {
        show(pair);
        window.run(model::leave);
        assertThat(window.doing(() -> model.files().get())).isEmpty();
        assertThat(window.doing(() -> model.rows().size())).isZero();
        show(pair);
        assertThat(sums().changed()).isEqualTo(1);
    }

    @Test
    void theChooserAsksForOneAfterTheOtherByAPartOfTheirNames() {
        CompareChooserViewModel chooser =
                window.doing(() -> new CompareChooserViewModel(window.session(), Optional.empty()));
        window.run(() -> chooser.typed().set("ITE:1.3"));
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
