package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.event.EngineEvent.ImageChanged;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Direction;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.bridge.settings.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every engine does with registries. The tests push what they pull: the registries begin empty.
@Timeout(120)
public abstract class RegistriesContract implements SyncContract, TrustContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    /// Opens an engine that has an image called [#image] and no other, and whose registries hold nothing.
    protected abstract Engine open(Path directory) throws Exception;

    @Override
    public abstract String image();

    /// Lets everybody in, tells its catalog, and deletes when asked.
    @Override
    public abstract RegistryHost registry();

    /// Lets in who shows [#right] and nobody else.
    protected abstract RegistryHost closedRegistry();

    protected abstract RegistryCredential.Password right();

    protected abstract RegistryCredential.Password wrong();

    @BeforeEach
    void openEngine() throws Exception {
        engine = open(Files.createDirectory(folder.resolve("engine")));
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Override
    public Engine engine() {
        return engine;
    }

    private Registries registries() {
        return engine.registries();
    }

    private static void ignore(ImageTransfer transfer) {}

    private ImageReference name(RegistryHost registry, String rest) {
        return ImageReference.parse(registry + "/" + rest);
    }

    private Image image(String name) {
        return engine.images().find(name).orElseThrow();
    }

    /// Gives the image this name and pushes it by it.
    private Digest pushed(ImageReference name) {
        engine.images().tag(image(image()).id(), name);
        return registries().push(name, Optional.empty(), RegistriesContract::ignore);
    }

    private PullResult pull(ImageReference name) {
        return registries().pull(PullRequest.of(name), RegistriesContract::ignore);
    }

    private static ImageReference byDigest(ImageReference name, Digest digest) {
        return new ImageReference(name.registry(), name.repository(), Optional.empty(), Optional.of(digest));
    }

    @Test
    void whatWasPushedIsPulledBackAsItWas() {
        Image before = image(image());
        ImageReference name = name(registry(), "team/web:1");
        List<ImageTransfer> pushing = new ArrayList<>();
        engine.images().tag(before.id(), name);
        Digest digest = registries().push(name, Optional.empty(), pushing::add);
        assertThat(image(name.toString()).digests()).contains(byDigest(name, digest));
        assertThat(pushing.getLast()).satisfies(last -> assertOver(last, name, Direction.PUSH));
        engine.images().remove(before.id());

        List<ImageTransfer> pulling = new ArrayList<>();
        try (Recorder recorder = new Recorder(engine)) {
            PullResult result = registries().pull(PullRequest.of(name), pulling::add);
            assertThat(result).isEqualTo(new PullResult(before.id(), digest, true));
            recorder.await(event -> event instanceof ImageChanged changed
                    && changed.action() == ImageAction.PULL
                    && changed.image().names().contains(name));
        }
        assertThat(image(name.toString())).satisfies(after -> {
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.manifest()).isEqualTo(before.manifest());
            assertThat(after.layers()).isEqualTo(before.layers());
            assertThat(after.names()).containsExactly(name);
            assertThat(after.digests()).containsExactly(byDigest(name, digest));
        });
        assertThat(pulling.getLast()).satisfies(last -> assertOver(last, name, Direction.PULL));
        assertThat(pulling.getLast().steps().stream().map(ImageTransfer.Step::kind))
                .containsSubsequence(StepKind.RESOLVED, StepKind.MANIFEST, StepKind.LAYERS, StepKind.FINISHED);
    }

    private static void assertOver(ImageTransfer transfer, ImageReference name, Direction direction) {
        assertThat(transfer.name()).isEqualTo(name);
        assertThat(transfer.direction()).isEqualTo(direction);
        assertThat(transfer.steps().getLast().kind()).isEqualTo(StepKind.FINISHED);
        assertThat(transfer.blobs())
                .isNotEmpty()
                .allSatisfy(
                        blob -> assertThat(blob.stage().isOver()).as("%s", blob).isTrue());
        assertThat(transfer.total()).hasValue(transfer.done());
    }

    @Test
    void whatIsHereAlreadyIsNotPulledAgain() {
        ImageReference name = name(registry(), "team/web:1");
        Digest digest = pushed(name);
        assertThat(pull(name)).isEqualTo(new PullResult(image(image()).id(), digest, false));
        engine.images().untag(name);
        assertThat(image(image()).digests())
                .as("with its last name of a repository")
                .isEmpty();
        assertThat(pull(name).changed()).as("a name is new").isTrue();
        assertThat(image(name.toString()).id()).isEqualTo(image(image()).id());
    }

    @Test
    void aDigestIsPulledWithoutAName() {
        ImageReference name = name(registry(), "team/web:1");
        Image before = image(image());
        Digest digest = pushed(name);
        engine.images().remove(before.id());
        assertThat(pull(byDigest(name, digest)).image()).isEqualTo(before.id());
        assertThat(image(before.id().toString()).names()).isEmpty();
        assertThat(image(before.id().toString()).digests()).containsExactly(byDigest(name, digest));
    }

    @Test
    void aDigestIsTakenAwayAndTheTagsStay() {
        ImageReference name = name(registry(), "team/web:1");
        Image before = image(image());
        ImageReference digest = byDigest(name, pushed(name));
        engine.images().untag(digest);
        assertThat(image(name.toString())).satisfies(after -> {
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.names()).contains(name);
            assertThat(after.digests()).isEmpty();
        });
        assertThatThrownBy(() -> engine.images().untag(digest)).isInstanceOf(NotFoundException.class);
        assertThat(pull(name).changed()).as("a digest is new").isTrue();
        assertThat(image(name.toString()).digests()).containsExactly(digest);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        ImageReference name = name(registry(), "team/web:1");
        pushed(name);
        for (String missing : List.of("team/web:2", "team/other:1")) {
            ImageReference reference = name(registry(), missing);
            assertThatThrownBy(() -> pull(reference))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining(missing);
            assertThatThrownBy(() -> registries().describe(reference, Optional.empty()))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> preview(reference))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining(missing);
        }
        assertThatThrownBy(() -> registries()
                        .push(name(registry(), "team/web:never"), Optional.empty(), RegistriesContract::ignore))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("team/web:never");
    }

    @Test
    void aPlatformThatIsNotThereIsNotFound() {
        ImageReference name = name(registry(), "team/web:1");
        pushed(name);
        PullRequest request = new PullRequest(name, Optional.of("plan9/s390x"), Optional.empty());
        assertThatThrownBy(() -> registries().pull(request, RegistriesContract::ignore))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("plan9/s390x");
        assertThatThrownBy(() -> registries().preview(request))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("plan9/s390x");
    }

    @Test
    void aCancelledPullBringsNothing() {
        ImageReference name = name(registry(), "team/web:1");
        Image before = image(image());
        pushed(name);
        engine.images().remove(before.id());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> pull(name)).isInstanceOf(CancellationException.class);
        } finally {
            boolean cleared = Thread.interrupted();
            assertThat(cleared).isTrue();
        }
        assertThat(engine.images().list()).isEmpty();
    }

    @Test
    void aNameIsDescribedWithWhatAPullWouldFetch() {
        ImageReference name = name(registry(), "team/web:1");
        Image before = image(image());
        Digest digest = pushed(name);
        RemoteImage here = registries().describe(name, Optional.empty());
        assertThat(here.digest()).isEqualTo(digest);
        assertThat(here.missing()).hasValue(0);
        assertThat(here.size()).isPositive();
        assertThat(here.mediaType()).contains("manifest");
        engine.images().remove(before.id());
        assertThat(registries().describe(name, Optional.empty()).missing().orElseThrow())
                .isGreaterThanOrEqualTo(before.layers().stream()
                        .mapToLong(Image.Layer::storedSize)
                        .sum());
    }

    private ImagePreview preview(ImageReference name) {
        return registries().preview(PullRequest.of(name));
    }

    @Test
    void whatAPullWouldBringIsToldAndNothingOfItIsKept() throws Exception {
        ImageReference name = name(registry(), "team/web:1");
        Image before = image(image());
        Digest digest = pushed(name);
        ImagePreview here = preview(name);
        assertThat(here.name()).isEqualTo(name);
        assertThat(here.digest()).isEqualTo(digest);
        assertThat(here.id()).isEqualTo(before.id());
        assertThat(here.manifest()).isEqualTo(before.manifest());
        assertThat(here.platform()).isEqualTo(before.platform());
        assertThat(here.createdAt()).isEqualTo(before.createdAt());
        assertThat(here.config()).isEqualTo(before.config());
        assertThat(here.layers())
                .isEqualTo(before.layers().stream()
                        .map(layer -> new ImagePreview.Layer(
                                layer.diffId(), layer.blob(), layer.storedSize(), 0, layer.createdBy()))
                        .toList());
        assertThat(here.missing()).isZero();

        engine.images().remove(before.id());
        ImagePreview far = preview(name);
        assertThat(far.id()).isEqualTo(before.id());
        assertThat(far.layers()).noneMatch(ImagePreview.Layer::here);
        assertThat(far.missing()).isGreaterThanOrEqualTo(far.storedSize());
        assertThat(engine.images().list()).isEmpty();
        assertThat(preview(name)).as("nothing has come").isEqualTo(far);

        publishAnother(name);
        ImagePreview another = preview(name);
        assertThat(another.id()).isNotEqualTo(before.id());
        assertThat(pull(name)).isEqualTo(new PullResult(another.id(), another.digest(), true));
        assertThat(preview(name).missing()).isZero();
    }

    @Test
    void tagsAndRepositoriesAreListedFoundAndDeleted() {
        pushed(name(registry(), "team/web:1"));
        pushed(name(registry(), "team/web:2"));
        pushed(name(registry(), "other:1"));
        assertThat(registries().tags(registry(), "team/web", 10)).containsExactly("1", "2");
        assertThat(registries().tags(registry(), "team/web", 1)).hasSize(1);
        assertThat(registries().taggedImages(registry(), "team/web", 10))
                .as("sizes and dates are Docker Hub's")
                .containsExactly(FoundTag.of("1"), FoundTag.of("2"));
        assertThat(registries().repositories(registry(), 10)).containsExactly("other", "team/web");
        assertThat(registries().search(registry(), "web", 10).stream().map(FoundRepository::name))
                .containsExactly(registry() + "/team/web");
        ImageReference gone = name(registry(), "other:1");
        registries().deleteRemote(gone);
        assertThatThrownBy(() -> pull(gone)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> registries().deleteRemote(gone)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aClosedRegistryWantsALoginThatIsKept() {
        ImageReference name = name(closedRegistry(), "team/web:1");
        assertThatThrownBy(() -> pushed(name)).isInstanceOf(DeniedException.class);
        assertThat(registries().probe(closedRegistry()).access()).isEqualTo(RegistryAnswer.Access.LOGIN_NEEDED);
        RegistryLogin login = registries().login(closedRegistry(), right());
        assertThat(login.registry()).isEqualTo(closedRegistry());
        assertThat(login.user()).isEqualTo(right().user());
        assertThat(login.keptBy()).isNotEmpty();
        assertThat(registries().logins()).containsExactly(login);
        assertThat(registries().probe(closedRegistry()).access()).isEqualTo(RegistryAnswer.Access.GRANTED);
        pushed(name);
        assertThat(pull(name).changed()).isFalse();
        assertThat(preview(name).missing()).isZero();
        registries().logout(closedRegistry());
        registries().logout(closedRegistry());
        assertThat(registries().logins()).isEmpty();
        assertThatThrownBy(() -> pull(name)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> preview(name)).isInstanceOf(DeniedException.class);
    }

    @Test
    void aCredentialGivenCountsForThatOnceAndIsNotKept() {
        ImageReference name = name(closedRegistry(), "team/web:1");
        engine.images().tag(image(image()).id(), name);
        registries().push(name, Optional.of(right()), RegistriesContract::ignore);
        PullRequest request = new PullRequest(name, Optional.empty(), Optional.of(right()));
        assertThat(registries().pull(request, RegistriesContract::ignore).changed())
                .isFalse();
        assertThat(registries().describe(name, Optional.of(right())).name()).isEqualTo(name);
        assertThat(registries().preview(request).name()).isEqualTo(name);
        assertThat(registries().tags(closedRegistry(), "team/web", Optional.of(right()), 9))
                .containsExactly("1");
        assertThat(registries().search(closedRegistry(), "web", Optional.of(right()), 9))
                .hasSize(1);
        registries().check(closedRegistry(), right());
        assertThat(registries().logins()).isEmpty();
        assertThatThrownBy(() -> pull(name)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> registries().tags(closedRegistry(), "team/web", 9))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void aWrongPasswordIsDeniedAndNotTold() {
        ImageReference name = name(closedRegistry(), "team/web:1");
        engine.images().tag(image(image()).id(), name);
        String secret = wrong().password().reveal();
        assertThatThrownBy(() -> registries().login(closedRegistry(), wrong()))
                .isInstanceOf(DeniedException.class)
                .message()
                .doesNotContain(":" + secret)
                .doesNotContain(" " + secret);
        assertThatThrownBy(() -> registries().check(closedRegistry(), wrong())).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> registries().push(name, Optional.of(wrong()), RegistriesContract::ignore))
                .isInstanceOf(DeniedException.class);
        assertThat(registries().logins()).isEmpty();
    }

    @Test
    void anOpenRegistryAnswersSo() {
        RegistryAnswer answer = registries().probe(registry());
        assertThat(answer.registry()).isEqualTo(registry());
        assertThat(answer.access()).isEqualTo(RegistryAnswer.Access.OPEN);
        assertThat(answer.login()).isEmpty();
        assertThat(answer.took()).isPositive();
    }

    @Test
    void whatIsSetOfRegistriesIsKept() {
        RegistryHost host = new RegistryHost("registry.example:8443");
        EngineSettings wanted = engine.settings()
                .withRegistries(new RegistrySettings(
                        List.of(
                                RegistryConfig.of(new RegistryHost("[::1]:5000")),
                                new RegistryConfig(
                                        host,
                                        true,
                                        List.of(new RegistryHost("mirror-b"), new RegistryHost("mirror-a:80")),
                                        Optional.of(Path.of("/etc/ssl/authority.pem")))),
                        7));
        engine.change(wanted);
        assertThat(engine.settings()).isEqualTo(wanted);
        assertThat(engine.settings().registries().of(host))
                .contains(wanted.registries().registries().getLast());
    }
}
