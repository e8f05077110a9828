package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.OlderImage;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.sync.TagSync;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What every engine makes of what registries have.
interface SyncContract {

    Engine engine();

    /// Of the one image that there is.
    String image();

    /// Holds nothing at first.
    RegistryHost registry();

    /// Puts an image that the engine has not under this name at its registry.
    void publishAnother(ImageReference name) throws Exception;

    private ImageReference name(String rest) {
        return ImageReference.parse(registry() + "/" + rest);
    }

    private ImageId id() {
        return engine().images().find(image()).orElseThrow().id();
    }

    private ImageReference pushed(String rest) {
        ImageReference name = name(rest);
        engine().images().tag(id(), name);
        engine().registries().push(name, Optional.empty(), progress -> {});
        return name;
    }

    private TagSync tag(ImageReference name) {
        return engine().sync().report().of(name).orElseThrow();
    }

    private Container made(ImageReference name) {
        return engine().containers().container(engine().containers().create(ContainerSpec.of(name.familiar())));
    }

    private static void await(Recorder recorder, Predicate<SyncReport> wanted) {
        recorder.await(event -> switch (event) {
            case EngineEvent.Snapshot snapshot -> wanted.test(snapshot.sync());
            case EngineEvent.SyncChanged changed -> wanted.test(changed.report());
            default -> false;
        });
    }

    private static boolean stands(SyncReport report, ImageReference name, Class<? extends Standing> how) {
        return report.of(name).filter(tag -> how.isInstance(tag.standing())).isPresent();
    }

    @Test
    default void everyNameIsToldAndOneThatIsOnlyHereIsSo() {
        ImageReference starter = ImageReference.parse(image());
        assertThat(tag(starter)).isEqualTo(TagSync.localOnly(starter));
        ImageReference more = name("only/here:1");
        try (Recorder recorder = new Recorder(engine())) {
            engine().images().tag(id(), more);
            await(recorder, report -> stands(report, more, Standing.LocalOnly.class));
            engine().images().untag(more);
            await(recorder, report -> report.tags().size() == 1);
        }
        assertThatThrownBy(() -> engine().sync().autoPull(starter, true)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> engine().sync().check(more)).isInstanceOf(NotFoundException.class);
    }

    @Test
    default void aNameIsUpToDateThenHasAnUpdateAndIsUpToDateWhenThatWasPulled() throws Exception {
        ImageReference name = pushed("team/web:1");
        assertThat(tag(name).standing()).isEqualTo(new Standing.UpToDate());
        assertThat(tag(name).checkedAt()).isPresent();
        publishAnother(name);
        try (Recorder recorder = new Recorder(engine())) {
            TagSync checked = engine().sync().check(name);
            assertThat(checked.standing())
                    .isInstanceOfSatisfying(
                            Standing.UpdateAvailable.class,
                            update -> assertThat(update.bytes().orElseThrow()).isPositive());
            assertThat(checked).isEqualTo(tag(name));
            await(recorder, report -> stands(report, name, Standing.UpdateAvailable.class));
            Container container = made(name);
            assertThat(OlderImage.of(container, engine().images().list())).isEmpty();
            engine().registries().pull(PullRequest.of(name), progress -> {});
            await(recorder, report -> stands(report, name, Standing.UpToDate.class));
            assertThat(OlderImage.of(container, engine().images().list()).map(OlderImage::name))
                    .contains(name);
            assertThat(OlderImage.of(made(name), engine().images().list())).isEmpty();
        }
    }

    @Test
    default void whatIsGoneAtItsRegistryIsTold() {
        ImageReference name = pushed("team/web:1");
        engine().registries().deleteRemote(name);
        engine().sync().checkAll();
        assertThat(tag(name).standing()).isEqualTo(new Standing.Gone());
    }

    @Test
    default void aNewerImageComesByItselfWhereThatIsSet() throws Exception {
        ImageReference name = pushed("team/web:1");
        engine().sync().autoPull(name, true);
        assertThat(tag(name).autoPull()).isTrue();
        publishAnother(name);
        try (Recorder recorder = new Recorder(engine())) {
            engine().sync().check(name);
            recorder.await(event -> event instanceof EngineEvent.ImageChanged changed
                    && changed.image().names().contains(name)
                    && !changed.image().id().equals(id()));
        }
        engine().sync().autoPull(name, false);
        assertThat(tag(name).autoPull()).isFalse();
    }

    @Test
    default void aPushThatIsQueuedIsSent() {
        ImageReference name = name("team/web:2");
        assertThatThrownBy(() -> engine().sync().queuePush(name)).isInstanceOf(NotFoundException.class);
        engine().images().tag(id(), name);
        try (Recorder recorder = new Recorder(engine())) {
            engine().sync().queuePush(name);
            await(recorder, report -> report.pushes().isEmpty() && stands(report, name, Standing.UpToDate.class));
        }
        engine().sync().cancelPush(name);
        assertThat(engine().registries().describe(name, Optional.empty()).missing())
                .isEqualTo(OptionalLong.of(0));
        assertThat(engine().images().find(name.toString()).map(Image::digests).orElseThrow())
                .hasSize(1);
    }

    @Test
    default void howOftenIsAskedIsKept() {
        EngineSettings wanted = engine().settings()
                .withSync(new SyncSettings(
                        Optional.of(Duration.ofHours(3)),
                        true,
                        List.of(
                                new SyncSettings.Schedule(RegistryHost.DOCKER_HUB, Optional.empty()),
                                new SyncSettings.Schedule(
                                        new RegistryHost("[::1]:5000"), Optional.of(Duration.ofMinutes(5))))));
        engine().change(wanted);
        assertThat(engine().settings()).isEqualTo(wanted);
    }
}
