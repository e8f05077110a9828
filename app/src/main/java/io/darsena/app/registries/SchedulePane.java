package io.darsena.app.registries;

import io.darsena.app.control.Choice;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.sync.SyncSettings.Schedule;
import io.darsena.bridge.sync.TagSync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How often the names of one registry are compared with it; a choice holds at once.
final class SchedulePane {

    private static final List<Duration> OFFERED = List.of(
            Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7));

    private final WindowContext context;
    private final Messages messages;
    private final FailurePlace place;
    private final RegistryHost host;
    private final ComboBox<Option> every = new ComboBox<>();
    private final ComboBox<Interval> others = new ComboBox<>();
    private final CheckBox metered;
    private final VBox own;
    private final VBox all;
    private boolean showing;

    /// @param own empty is as of all registries
    private record Option(Optional<Schedule> own) {}

    /// @param every empty is never
    private record Interval(Optional<Duration> every) {}

    SchedulePane(WindowContext context, FailurePlace place, RegistryHost host) {
        this.context = context;
        this.messages = context.messages();
        this.place = place;
        this.host = host;
        Label label = new Label(messages.text("schedule.title"));
        label.setLabelFor(every);
        every.setId("registry-schedule");
        every.setAccessibleText(label.getText());
        Choice.say(every, this::words);
        every.setOnAction(event -> chosen());
        Label rest = new Label(messages.text("schedule.others"));
        rest.setLabelFor(others);
        others.setId("other-schedule");
        others.setAccessibleText(rest.getText());
        Choice.say(others, interval -> words("schedule.", interval.every()));
        others.setOnAction(event -> chosenForOthers());
        Button check = new Button(messages.text("sync.do.check"), new FontIcon(Feather.REFRESH_CW));
        check.setId("registry-check");
        check.setAccessibleText(messages.text("sync.do.checkNamed", host.name()));
        check.setMinWidth(Region.USE_PREF_SIZE);
        check.setOnAction(event -> check());
        metered = new CheckBox(messages.text("schedule.metered"));
        metered.setId("sync-metered");
        metered.setWrapText(true);
        metered.setOnAction(
                event -> change(sync -> new SyncSettings(sync.every(), metered.isSelected(), sync.registries())));
        FlowPane line = new FlowPane(every, check);
        line.getStyleClass().add("schedule-line");
        own = new VBox(label, line);
        own.getStyleClass().addAll("field", "schedule");
        all = new VBox(rest, others, metered);
        all.getStyleClass().addAll("field", "schedule");
        SceneLife.of(own).during(() -> SceneLife.listen(context.session().settings(), this::show));
    }

    /// Of this registry.
    Node own() {
        return own;
    }

    /// Of every registry that nothing else is chosen for, and of all.
    Node ofAll() {
        return all;
    }

    private String words(Option option) {
        return option.own()
                .map(own -> words("schedule.", own.every()))
                .orElseGet(() -> messages.text(
                        "schedule.asAll",
                        words(
                                "schedule.default.",
                                context.session().settings().get().sync().every())));
    }

    /// @param prefix of the messages' keys: it stands alone, or within other words
    private String words(String prefix, Optional<Duration> interval) {
        return interval.map(each ->
                        messages.text(prefix + "every", messages.quantities().duration(each)))
                .orElseGet(() -> messages.text(prefix + "never"));
    }

    private void show(EngineSettings settings) {
        Optional<Schedule> own = settings.sync().own(host);
        List<Option> options = new ArrayList<>(List.of(new Option(Optional.empty())));
        OFFERED.forEach(each -> options.add(new Option(Optional.of(new Schedule(host, Optional.of(each))))));
        options.add(new Option(Optional.of(new Schedule(host, Optional.empty()))));
        Option now = new Option(own);
        if (!options.contains(now)) {
            options.add(1, now);
        }
        showing = true;
        every.getItems().setAll(options);
        every.setValue(now);
        List<Interval> intervals = new ArrayList<>();
        OFFERED.forEach(each -> intervals.add(new Interval(Optional.of(each))));
        intervals.add(new Interval(Optional.empty()));
        Interval usual = new Interval(settings.sync().every());
        if (!intervals.contains(usual)) {
            intervals.addFirst(usual);
        }
        others.getItems().setAll(intervals);
        others.setValue(usual);
        metered.setSelected(settings.sync().metered());
        showing = false;
    }

    private void chosen() {
        Option option = every.getValue();
        if (!showing && option != null) {
            change(sync -> option.own().map(sync::with).orElseGet(() -> sync.without(host)));
        }
    }

    private void chosenForOthers() {
        Interval interval = others.getValue();
        if (!showing && interval != null) {
            change(sync -> new SyncSettings(interval.every(), sync.metered(), sync.registries()));
        }
    }

    private void change(UnaryOperator<SyncSettings> changing) {
        context.commands().change(place, settings -> settings.withSync(changing.apply(settings.sync())));
    }

    /// Each name of this registry, one after the other.
    private void check() {
        context.commands().run(place, engine -> {
            for (TagSync tag : engine.sync().report().tags()) {
                if (RegistryHost.of(tag.name()).equals(host) && !(tag.standing() instanceof Standing.LocalOnly)) {
                    engine.sync().check(tag.name());
                }
            }
        });
    }
}
