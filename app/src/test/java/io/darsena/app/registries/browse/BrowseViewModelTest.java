package io.darsena.app.registries.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrowseViewModelTest {

    private static final RegistryHost LOCAL = new RegistryHost("localhost:5000");

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);
    private final Transfers transfers = new Transfers(window.commands(), window.pump());
    private final KnownRegistries registries =
            window.doing(() -> new KnownRegistries(window.session(), window.commands(), window.pump(), transfers));

    @AfterEach
    void close() {
        window.close();
    }

    private BrowseViewModel model(RegistryHost host) {
        return window.doing(() -> {
            BrowseViewModel made = new BrowseViewModel(
                    window.session(), registries, window.commands(), transfers, window.pump(), host);
            made.follow();
            return made;
        });
    }

    private List<String> repositories(BrowseViewModel model) {
        return window.doing(() -> shown(model));
    }

    /// Within a condition.
    private static List<String> shown(BrowseViewModel model) {
        return model.repositories().stream().map(RepositoryEntry::repository).toList();
    }

    @Test
    void aThousandRepositoriesOfACatalogAreListedAndSearched() {
        for (int i = 0; i < 1000; i++) {
            fake.registries().publish("localhost:5000/team/tool-%03d:1".formatted(i), 1);
        }
        BrowseViewModel model = model(LOCAL);
        window.until(() -> model.repositories().size() == 1000);
        window.run(() -> model.words().set("tool-99"));
        assertThat(repositories(model)).hasSize(11).contains("team/tool-990", "tool-99");
    }

    @Test
    void dockerHubIsSearchedByWordsFromTwoLettersOn() {
        fake.registries().publish("nginx:latest", 1);
        BrowseViewModel model = model(RegistryHost.DOCKER_HUB);
        assertThat(repositories(model)).as("what is here").containsExactly("darsena/starter");
        window.run(() -> model.words().set("n"));
        assertThat(model.search().asking().get()).isFalse();
        window.run(() -> model.words().set("ngi"));
        window.until(() -> shown(model).contains("library/nginx"));
        assertThat(model.repositories().getFirst().official()).isTrue();
        assertThat(model.shown(model.repositories().getFirst())).isEqualTo("nginx");
    }

    @Test
    void tagsOfDockerHubHaveSizesAndDatesAndOthersHaveNone() {
        fake.registries().publish("nginx:latest", 1);
        fake.registries().publish("localhost:5000/team/web:1", 2);
        BrowseViewModel hub = model(RegistryHost.DOCKER_HUB);
        window.run(() -> hub.choose(Optional.of("library/nginx")));
        window.until(() -> hub.tags().size() == 1);
        assertThat(hub.tags().getFirst().size()).hasValue(1 << 20);
        assertThat(hub.tags().getFirst().updated()).isPresent();
        BrowseViewModel local = model(LOCAL);
        window.run(() -> local.choose(Optional.of("team/web")));
        window.until(() -> local.tags().size() == 1);
        assertThat(local.tags().getFirst().size()).isEmpty();
        assertThat(local.pulled(window.doing(() -> local.repositories().getFirst())))
                .isEqualTo("localhost:5000/team/web");
    }

    @Test
    void aRepositoryThatIsNotToldOfCanBeTyped() {
        BrowseViewModel model = model(new RegistryHost("private.example"));
        window.until(() -> model.search().place().failure().get().isPresent());
        window.run(() -> model.words().set("team/web"));
        assertThat(repositories(model)).containsExactly("team/web");
    }

    @Test
    void theTagsOfTheChosenRepositoryAreToldAndWhatOneStandsFor() {
        fake.registries().publish("localhost:5000/team/web:1", 2);
        fake.registries().publish("localhost:5000/team/web:2", 2);
        BrowseViewModel model = model(LOCAL);
        window.run(() -> model.choose(Optional.of("team/web")));
        window.until(() -> model.tags().size() == 2);
        ImageReference name = ImageReference.parse("localhost:5000/team/web:2");
        window.run(() -> model.chooseTag(Optional.of(name)));
        window.until(() -> model.remote().get().isPresent());
        assertThat(model.remote().get().orElseThrow().missing()).hasValue(2L << 20);
        TransferJob job = window.doing(() -> model.pull(name));
        window.until(() -> job.phase().get() == TransferJob.Phase.DONE);
        window.until(() -> model.tags().get(1).here() && !model.tags().get(0).here());
    }

    @Test
    void aDeletedTagIsGoneFromTheList() {
        fake.registries().publish("localhost:5000/team/web:1", 2);
        fake.registries().publish("localhost:5000/team/web:2", 2);
        BrowseViewModel model = model(LOCAL);
        window.run(() -> model.choose(Optional.of("team/web")));
        window.until(() -> model.tags().size() == 2);
        window.run(() -> model.delete(ImageReference.parse("localhost:5000/team/web:1")));
        window.until(() -> model.tags().size() == 1);
        assertThat(engine.registries().tags(LOCAL, "team/web", 9)).containsExactly("2");
    }
}
