package io.darsena.app.settings;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.text.Messages;
import io.darsena.app.text.ReductionWords;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.EngineDescription.Tier;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the engine is, and each ability that this host withholds from it, with its reason and its cure.
final class EnginePage extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final Linger linger;
    private final Cures cures = Cures.ofThisMachine();

    EnginePage(WindowContext context) {
        this(context, Linger.ofThisMachine());
    }

    EnginePage(WindowContext context, Linger linger) {
        this.context = context;
        this.messages = context.messages();
        this.linger = linger;
        getStyleClass().add("settings");
        SceneLife.of(this).during(() -> SceneLife.listen(context.session().stage(), this::show));
    }

    private void show(EngineStage stage) {
        getChildren().clear();
        if (stage instanceof EngineStage.Open open) {
            show(open.description());
        }
    }

    private void show(EngineDescription description) {
        getChildren()
                .add(new SettingsCard(messages.text("settings.engine"))
                        .fact(messages.text("settings.version"), VersionWords.of(messages, description.version()))
                        .fact(messages.text("settings.kernel"), description.kernel())
                        .fact(messages.text("settings.tier"), messages.text("tier." + word(description.tier())))
                        .fact(
                                messages.text("settings.cgroup"),
                                messages.text("cgroup." + word(description.cgroupMode()))));
        VBox reductions = new VBox();
        reductions.getStyleClass().add("card");
        if (description.reductions().isEmpty()) {
            Label complete = SettingsCard.wrapped(messages.text("settings.complete"));
            FontIcon mark = new FontIcon(Feather.CHECK_CIRCLE);
            mark.getStyleClass().add("good");
            complete.setGraphic(mark);
            reductions.getChildren().add(complete);
        } else {
            Label heading = new Label(messages.text("settings.reductions"));
            heading.getStyleClass().add("strong");
            reductions.getChildren().add(heading);
            description.reductions().forEach(each -> reductions.getChildren().add(reduction(each)));
        }
        getChildren().add(reductions);
        if (description.tier() != Tier.ROOTFUL && linger.matters()) {
            getChildren().add(new LingerCard(context, linger));
        }
        getChildren().add(new UserUnitCard(context, UserUnit.ofThisMachine()));
    }

    private Node reduction(Reduction reduction) {
        ReductionWords words = ReductionWords.of(reduction, messages);
        Label reason = SettingsCard.wrapped(words.reason());
        FontIcon mark = new FontIcon(Feather.ALERT_TRIANGLE);
        mark.getStyleClass().add("warning");
        reason.setGraphic(mark);
        VBox box = new VBox(reason);
        box.getStyleClass().add("reduction");
        box.setId("reduction-" + reduction.key());
        if (!words.detail().isEmpty()) {
            Label detail = SettingsCard.muted(words.detail());
            detail.getStyleClass().addAll("mono", "indented");
            box.getChildren().add(detail);
        }
        Label cure = SettingsCard.muted(words.cure());
        cure.getStyleClass().add("indented");
        box.getChildren().add(cure);
        cures.command(reduction.key())
                .ifPresent(command -> box.getChildren()
                        .add(new CureOffer(
                                context,
                                reduction.key(),
                                command,
                                cures.asRoot(reduction.key()).flatMap(RootCommand::of))));
        return box;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
