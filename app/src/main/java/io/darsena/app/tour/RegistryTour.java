package io.darsena.app.tour;

import io.darsena.app.control.ModalLayer;
import io.darsena.app.images.ImageRow;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.TransferJob;
import io.darsena.app.settings.SettingsPage;
import io.darsena.bridge.Engine;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionModel;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;

/// Pictures of what has to do with registries: pulling, pushing, what travels, what a registry holds and what is set
/// for it. What they show was really pushed and pulled.
final class RegistryTour {

    private static final String KEY = "acme-release";

    private final WindowContext context;
    private final Hand hand;
    private final String host;

    /// Takes a picture under a name.
    @FunctionalInterface
    interface Camera {
        void take(String name) throws IOException;
    }

    RegistryTour(WindowContext context, Hand hand, String host) {
        this.context = context;
        this.hand = hand;
        this.host = host;
    }

    /// Pushes the starter image under some names, and pulls one of them back.
    void fill() {
        Image starter = image(Images.STARTER);
        for (String name : new String[] {"acme/site:1.3", "acme/site:1.4", "acme/worker:7", "tools/shell:latest"}) {
            ImageReference reference = ImageReference.parse(host + "/" + name);
            await(() -> context.transfers().push(reference, Optional.of(starter.id())));
        }
        outdate();
        ImageReference back = ImageReference.parse(host + "/acme/site:1.4");
        demand();
        await(() -> context.transfers().pull(PullRequest.of(back)));
        await(() -> context.transfers().pull(PullRequest.of(ImageReference.parse(host + "/acme/worker:7"))));
        context.session().engine().trust().sign(back, KEY);
    }

    private Image image(ImageReference name) {
        return hand.doing(() -> context.session().images().values().stream()
                .filter(image -> image.names().contains(name))
                .findFirst()
                .orElseThrow());
    }

    private ImageReference moved() {
        return ImageReference.parse(host + "/acme/shop:stable");
    }

    /// A name that stands for the older image here and for the newer one there.
    private void outdate() {
        Engine engine = context.session().engine();
        Image older = image(ImageReference.parse("acme/shop:1.9"));
        Image newer = image(ImageReference.parse("acme/shop:2.0"));
        for (Image each : List.of(older, newer)) {
            await(() -> context.transfers().push(moved(), Optional.of(each.id())));
        }
        engine.images().tag(older.id(), moved());
        engine.sync().check(moved());
    }

    /// A key, and rules that mark what is not signed with it.
    private void demand() {
        Engine engine = context.session().engine();
        engine.trust().generate(KEY, new Secret("pictures only"));
        TrustSettings trust = engine.settings()
                .trust()
                .with(new TrustRule(host + "/acme", Demand.WARN, List.of(KEY), Optional.empty()))
                .with(new TrustRule("ghcr.io/acme", Demand.REFUSE, List.of(KEY), Optional.of(KEY)));
        engine.change(engine.settings().withTrust(trust));
    }

    private void await(Callable<TransferJob> begin) {
        TransferJob job = hand.doing(begin);
        hand.until(job.name(), () -> job.phase().get() == TransferJob.Phase.DONE);
    }

    void show(Camera camera) throws IOException {
        hand.doing(() -> context.navigation().go(Section.IMAGES));
        hand.doing(() -> context.navigation().pull(host + "/acme/site:"));
        hand.until("the tags", () -> list("suggestions") > 0);
        camera.take("pull");
        closeDialog();
        hand.doing(() -> context.navigation().push(host + "/acme/site:1.4"));
        camera.take("push");
        closeDialog();
        hand.doing(() -> context.navigation().transfers().set(true));
        hand.until("the drawer", () -> find("transfers-drawer").isPresent());
        hand.doing(() -> hand.find(node -> node.getStyleClass().contains("expand"))
                .ifPresent(button -> ((Button) button).fire()));
        camera.take("transfers");
        hand.doing(() -> context.navigation().transfers().set(false));
        ImageReference signed = ImageReference.parse(host + "/acme/site:1.4");
        hand.doing(() -> chooseImage(signed));
        camera.take("image-signed");
        update(camera);
        hand.doing(() -> table("table").getSelectionModel().clearSelection());
        hand.doing(() -> context.navigation().showSettings(SettingsPage.TRUST.word()));
        camera.take("trust");
        registries(camera);
    }

    /// What has become of an image at its registry, before it is pulled.
    private void update(Camera camera) throws IOException {
        hand.doing(() -> chooseImage(moved()));
        hand.until("the update", () -> find("sync-compare").isPresent());
        camera.take("image-update");
        hand.doing(() -> find("sync-compare").ifPresent(button -> ((Button) button).fire()));
        hand.until("the comparison", () -> find("compare-tabs").isPresent());
        hand.doing(() -> compareTabs().select(1)); // whichever was looked at last
        hand.until("its configuration", () -> rows("compared-config") > 0);
        camera.take("compare-update-config");
        hand.doing(() -> compareTabs().select(2));
        hand.until("its layers", () -> list("compared-layers") > 0);
        camera.take("compare-update-layers");
        hand.doing(() -> compareTabs().select(0));
        camera.take("compare-update-files");
        hand.doing(() -> context.navigation().back());
    }

    private SelectionModel<Tab> compareTabs() {
        return ((TabPane) find("compare-tabs").orElseThrow()).getSelectionModel();
    }

    private void registries(Camera camera) throws IOException {
        hand.doing(() -> context.navigation().go(Section.REGISTRIES));
        hand.until("the registry", () -> context.registries().known().containsKey(new RegistryHost(host)));
        hand.until("its row", () -> rows("table") > 1);
        hand.doing(() -> table("table").getSelectionModel().clearSelection());
        camera.take("registries");
        hand.doing(() -> table("table").getSelectionModel().select(1));
        hand.until("its repositories", () -> rows("repositories") > 0);
        hand.doing(() -> table("repositories").getSelectionModel().select(0));
        hand.until("its tags", () -> rows("tags") > 0);
        hand.doing(() -> table("tags").getSelectionModel().select(0));
        hand.until("a digest", () -> find("copy-remote-digest").isPresent());
        camera.take("registry");
        hand.doing(() -> tabs().getSelectionModel().select(1));
        camera.take("registry-settings");
        hand.doing(() -> tabs().getSelectionModel().select(0));
    }

    private Optional<Node> find(String id) {
        return hand.find(node -> id.equals(node.getId()));
    }

    private TableView<?> table(String id) {
        return (TableView<?>) find(id).orElseThrow();
    }

    private void chooseImage(ImageReference name) {
        TableView<?> images = table("table");
        for (int i = 0; i < images.getItems().size(); i++) {
            if (images.getItems().get(i) instanceof ImageRow row && row.name().equals(Optional.of(name))) {
                images.getSelectionModel().clearAndSelect(i);
            }
        }
    }

    private int rows(String id) {
        return find(id).map(node -> ((TableView<?>) node).getItems().size()).orElse(0);
    }

    private int list(String id) {
        return find(id).map(node -> ((ListView<?>) node).getItems().size()).orElse(0);
    }

    private TabPane tabs() {
        return (TabPane) find("registry-detail").orElseThrow();
    }

    private void closeDialog() {
        hand.doing(
                () -> hand.find(node -> node instanceof ModalLayer).ifPresent(layer -> ((ModalLayer) layer).close()));
    }
}
