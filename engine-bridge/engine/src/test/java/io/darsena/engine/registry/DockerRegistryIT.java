package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryAnswer.Access;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.CosignBundle.Listing;
import io.darsena.engine.trust.OpensslKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The engine on this machine's kernel and Debian's `docker-registry`.
@Timeout(120)
class DockerRegistryIT {

    private static final RegistryCredential ANN =
            new RegistryCredential.Password(DockerRegistry.USER, new Secret(DockerRegistry.PASSWORD));

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    @SuppressWarnings("NullAway.Init")
    private EnginePaths paths;

    @BeforeEach
    void open() {
        paths = EnginePaths.under(temporary.resolve("root"));
        engine = InProcessEngine.open(paths);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static ImageReference name(DockerRegistry registry, String rest) {
        return ImageReference.parse(registry.host() + "/" + rest);
    }

    private PullResult pull(ImageReference name) {
        return engine.registries().pull(PullRequest.of(name), told -> {});
    }

    private Digest push(ImageReference name) {
        return engine.registries().push(name, Optional.empty(), told -> {});
    }

    private Image image(ImageReference name) {
        return engine.images().find(name.toString()).orElseThrow();
    }

    private void tagStarter(ImageReference name) {
        engine.images().tag(image(Images.STARTER).id(), name);
    }

    private void importTwentyLayers(ImageReference name) {
        TestImage image = TestImage.of(20, 20, 200_000);
        image.layout().manifests().add(image.descriptor());
        engine.images()
                .tag(
                        engine.images()
                                .importFrom(image.layout().directory(temporary.resolve("layout")), told -> {})
                                .getFirst(),
                        name);
    }

    /// Pushes, removes, pulls by tag and by digest, and looks at every byte.
    private void thereAndBack(ImageReference name) throws Exception {
        Image before = image(name);
        byte[] manifest = Files.readAllBytes(paths.blob(before.manifest()));
        Digest digest = push(name);
        assertThat(digest).isEqualTo(before.manifest());
        engine.images().remove(before.id());
        assertThat(paths.blob(before.manifest())).doesNotExist();

        assertThat(pull(name)).isEqualTo(new PullResult(before.id(), digest, true));
        Image after = image(name);
        assertThat(after.layers()).isEqualTo(before.layers());
        assertThat(after.config()).isEqualTo(before.config());
        assertThat(Files.readAllBytes(paths.blob(after.manifest()))).isEqualTo(manifest);
        assertThat(pull(name).changed()).isFalse();

        engine.images().remove(before.id());
        ImageReference byDigest = name.at(digest);
        assertThat(pull(byDigest).image()).isEqualTo(before.id());
        assertThat(image(byDigest).names()).isEmpty();
        assertThat(image(byDigest).digests()).containsExactly(byDigest);
        assertThat(Files.readAllBytes(paths.blob(image(byDigest).manifest()))).isEqualTo(manifest);
        try (var left = Files.list(paths.ingest())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void imagesGoThereAndComeBackAsTheyWere() throws Exception {
        try (DockerRegistry registry = DockerRegistry.plain(temporary.resolve("registry"))) {
            tagStarter(name(registry, "starter:1"));
            thereAndBack(name(registry, "starter:1"));
            importTwentyLayers(name(registry, "team/twenty:latest"));
            thereAndBack(name(registry, "team/twenty:latest"));
        }
    }

    @Test
    void aRegistryTellsWhatItHolds() throws Exception {
        try (DockerRegistry registry = DockerRegistry.plain(temporary.resolve("registry"))) {
            RegistryHost host = new RegistryHost(registry.host());
            for (String each : List.of("a/web:1", "a/web:2", "b/web:1", "c:9")) {
                tagStarter(name(registry, each));
                push(name(registry, each));
            }
            RegistryAnswer answer = engine.registries().probe(host);
            assertThat(answer.access()).isEqualTo(Access.OPEN);
            assertThat(answer.encrypted()).isFalse();
            assertThat(engine.registries().tags(host, "a/web", 10)).containsExactlyInAnyOrder("1", "2");
            assertThat(engine.registries().tags(host, "a/web", 1)).hasSize(1);
            assertThat(engine.registries().repositories(host, 10)).containsExactly("a/web", "b/web", "c");
            assertThat(engine.registries().repositories(host, 2)).containsExactly("a/web", "b/web");
            assertThat(engine.registries().search(host, "WEB a", 10))
                    .extracting(FoundRepository::name)
                    .containsExactly(registry.host() + "/a/web");

            Image starter = image(Images.STARTER);
            RemoteImage here = engine.registries().describe(name(registry, "c:9"), Optional.empty());
            assertThat(here.digest()).isEqualTo(starter.manifest());
            assertThat(here.platforms()).containsExactly(starter.platform());
            assertThat(here.missing().orElseThrow()).isZero();
            engine.images().remove(starter.id());
            RemoteImage away = engine.registries().describe(name(registry, "c:9"), Optional.empty());
            assertThat(away.missing().orElseThrow())
                    .isGreaterThan(starter.layers().stream()
                            .mapToLong(Image.Layer::storedSize)
                            .sum());
            assertThatThrownBy(() -> engine.registries().describe(name(registry, "c:8"), Optional.empty()))
                    .isInstanceOf(NotFoundException.class);

            engine.registries().deleteRemote(name(registry, "c:9"));
            assertThatThrownBy(() -> pull(name(registry, "c:9"))).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> engine.registries().deleteRemote(name(registry, "c:9")))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void whereALoginIsWantedItIsShown() throws Exception {
        try (DockerRegistry registry = DockerRegistry.withLogin(temporary.resolve("registry"))) {
            RegistryHost host = new RegistryHost(registry.host());
            ImageReference name = name(registry, "team/twenty:1");
            importTwentyLayers(name);
            assertThatThrownBy(() -> push(name))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("log in");
            RegistryCredential wrong = new RegistryCredential.Password(DockerRegistry.USER, new Secret("wrong"));
            assertThatThrownBy(() -> engine.registries().login(host, wrong))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageNotContaining("wrong");
            assertThat(engine.registries().probe(host).access()).isEqualTo(Access.LOGIN_NEEDED);
            engine.registries().check(host, ANN);
            assertThatThrownBy(() -> push(name)).isInstanceOf(DeniedException.class);
            assertThat(engine.registries().login(host, ANN).user()).isEqualTo(DockerRegistry.USER);
            thereAndBack(name);
            pull(name);
            engine.registries().logout(host);
            assertThatThrownBy(() -> push(name)).isInstanceOf(DeniedException.class);
        }
    }

    @Test
    void aCertificateIsTrustedWhereAPersonSaysSo() throws Exception {
        try (DockerRegistry registry = DockerRegistry.encrypted(temporary.resolve("registry"))) {
            RegistryHost host = new RegistryHost(registry.host());
            ImageReference name = name(registry, "starter:1");
            tagStarter(name);
            assertThatThrownBy(() -> push(name))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("certificate");
            set(new RegistryConfig(host, true, List.of(), Optional.empty()));
            push(name);
            set(RegistryConfig.of(host));
            assertThatThrownBy(() -> push(name)).isInstanceOf(UnavailableException.class);
            set(new RegistryConfig(host, false, List.of(), Optional.of(registry.certificate())));
            thereAndBack(name);
            assertThat(engine.registries().probe(host).encrypted()).isTrue();
            set(RegistryConfig.of(host));
            Path directory = Files.createDirectories(paths.certificates().resolve(host.name()));
            Files.copy(registry.certificate(), directory.resolve("own.crt"));
            assertThat(pull(name).image()).isEqualTo(image(name).id());
        }
    }

    private void set(RegistryConfig config) {
        engine.change(
                engine.settings().withRegistries(engine.settings().registries().with(config)));
    }

    @Test
    void aSignatureStandsWhereCosignLooksForItAndIsDemanded() throws Exception {
        try (DockerRegistry registry = DockerRegistry.plain(temporary.resolve("registry"))) {
            ImageReference name = name(registry, "team/starter:1");
            tagStarter(name);
            Digest digest = push(name);
            engine.trust().generate("team", new Secret("open sesame"));
            demand(registry, Demand.REFUSE);
            engine.images().remove(image(name).id());
            assertThatThrownBy(() -> pull(name))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("it is not signed");
            try (var blobs = Files.list(paths.blobs())) {
                assertThat(blobs).isEmpty();
            }

            demand(registry, Demand.WARN);
            pull(name);
            assertThat(engine.trust().sign(name, "team")).isEqualTo(digest);
            String tag = digest.toString().replace(':', '-') + ".sig";
            assertThat(engine.registries().tags(new RegistryHost(registry.host()), "team/starter", 9))
                    .containsExactly("1");
            assertThat(registry.manifest("team/starter", tag)).contains("simplesigning.v1+json");
            assertThat(engine.trust().check(name).signatures()).isEqualTo(new Signatures.Signed(List.of("team")));
            demand(registry, Demand.REFUSE);
            engine.images().remove(image(name).id());
            assertThat(pull(name).digest()).isEqualTo(digest);
        }
    }

    /// This registry keeps no lists of referrers: cosign writes them itself.
    @Test
    void aSignatureInABundleIsFoundWhereCosignListsIt() throws Exception {
        OpensslKey key = OpensslKey.make(temporary.resolve("key"), "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        try (DockerRegistry registry = DockerRegistry.plain(temporary.resolve("registry"))) {
            String repository = "team/starter";
            ImageReference name = name(registry, repository + ":1");
            tagStarter(name);
            Digest digest = push(name);
            engine.change(engine.settings()
                    .withTrust(engine.settings().trust().with(new TrustedKey("team", key.publicKey()))));
            demand(registry, Demand.REFUSE);
            engine.images().remove(image(name).id());
            assertThatThrownBy(() -> pull(name))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("it is not signed");

            byte[] statement = CosignBundle.statement(CosignBundle.SIGN, digest);
            String signature = key.sign(CosignBundle.encoded(CosignBundle.STATEMENT, statement));
            CosignBundle bundle = CosignBundle.signing(digest, CosignBundle.bundle(statement, signature));
            registry.putBlob(repository, CosignBundle.NOTHING);
            registry.putBlob(repository, bundle.json());
            String itself = LayoutBuilder.digest(bundle.manifest()).toString();
            registry.putManifest(repository, itself, CosignBundle.MANIFEST, bundle.manifest());
            byte[] list = CosignBundle.index(bundle.descriptor(Listing.TERSE_TAG));
            registry.putManifest(repository, CosignBundle.tag(digest), CosignBundle.INDEX, list);
            assertThat(pull(name).digest()).isEqualTo(digest);
            assertThat(engine.trust().report().of(name).orElseThrow().signatures())
                    .isEqualTo(new Signatures.Signed(List.of("team")));
            assertThat(engine.registries().tags(new RegistryHost(registry.host()), repository, 9))
                    .containsExactly("1");
        }
    }

    private void demand(DockerRegistry registry, Demand demand) {
        TrustRule rule = new TrustRule(registry.host(), demand, List.of(), Optional.empty());
        engine.change(engine.settings().withTrust(engine.settings().trust().with(rule)));
    }

    @Test
    void anotherProgramUnderstandsWhatIsPushedAndIsUnderstood() throws Exception {
        Path skopeo = Path.of("/usr/bin/skopeo");
        ForeignProgram.require("skopeo", Files.isExecutable(skopeo));
        try (DockerRegistry registry = DockerRegistry.plain(temporary.resolve("registry"))) {
            ImageReference name = name(registry, "twenty:1");
            importTwentyLayers(name);
            Digest digest = push(name);
            String copy = "dir:" + temporary.resolve("copy");
            run(skopeo, "copy", "--src-tls-verify=false", "docker://" + name, copy);
            assertThat(temporary.resolve("copy/manifest.json")).hasSameBinaryContentAs(paths.blob(digest));
            run(skopeo, "copy", "--dest-tls-verify=false", copy, "docker://" + name(registry, "other:2"));
            engine.images().remove(image(name).id());
            assertThat(pull(name(registry, "other:2")).digest()).isEqualTo(digest);
        }
    }

    @Test
    void podmanPullsWhatIsPushedAndWhatItPushesIsPulled() throws Exception {
        Path podman = Path.of("/usr/bin/podman");
        ForeignProgram.require("podman", Files.isExecutable(podman));
        // It takes no longer path than 50 letters.
        Path runRoot = Files.createTempDirectory(Path.of("/tmp"), "pod");
        try (DockerRegistry registry = DockerRegistry.plain(temporary.resolve("registry"))) {
            ImageReference name = name(registry, "twenty:1");
            importTwentyLayers(name);
            push(name);
            Image pushed = image(name);
            podman(podman, runRoot, "pull", "--tls-verify=false", "--signature-policy", policy(), name.toString());
            ImageReference other = name(registry, "podman/twenty:2");
            podman(podman, runRoot, "push", "--tls-verify=false", name.toString(), other.toString());
            engine.images().remove(pushed.id());
            pull(other);
            // It compresses the layers anew; what they hold is the same.
            assertThat(image(other).layers())
                    .extracting(Image.Layer::diffId)
                    .containsExactlyElementsOf(
                            pushed.layers().stream().map(Image.Layer::diffId).toList());
        } finally {
            run(List.of("rm", "-rf", runRoot.toString()));
        }
    }

    private String policy() throws Exception {
        return Files.writeString(
                        temporary.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}")
                .toString();
    }

    private void podman(Path program, Path runRoot, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--root",
                temporary.resolve("podman").toString(),
                "--runroot",
                runRoot.toString(),
                "--storage-driver",
                "vfs",
                "--cgroup-manager",
                "cgroupfs"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--insecure-policy"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws Exception {
        Path log = temporary.resolve("program.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
