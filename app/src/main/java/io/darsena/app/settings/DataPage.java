package io.darsena.app.settings;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.settings.DirectorySize.Part;
import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.EngineDescription;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Where Darsena keeps what, and what it takes. It is measured beside, while the page is looked at.
final class DataPage extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();

    /// What was measured, and the disk it lies on, unless that is told of an earlier one.
    private record Measured(DirectorySize size, Optional<Disk> disk) {}

    private record Disk(long free, long whole) {}

    DataPage(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        getStyleClass().add("settings");
        SceneLife.of(this).during(() -> SceneLife.listen(context.session().stage(), this::show));
    }

    private void show(EngineStage stage) {
        getChildren().clear();
        List<Path> told = new ArrayList<>();
        if (stage instanceof EngineStage.Open open) {
            EngineDescription engine = open.description();
            add("engine", engine.dataRoot(), told);
            engine.configRoot().ifPresent(root -> add("config", root, told));
            engine.runRoot().ifPresent(root -> add("run", root, told));
        }
        add("window", context.memory().folder(), told);
        getChildren().add(new FailureBanner(messages, place));
    }

    private LocationCard location(String word, Path path) {
        return new LocationCard(
                context,
                place,
                messages.text("settings.data." + word),
                messages.text("settings.data." + word + ".what"),
                path);
    }

    /// @param told of which there are cards above it
    private void add(String word, Path root, List<Path> told) {
        getChildren().add(measured(word, root, List.copyOf(told)));
        told.add(root);
    }

    private LocationCard measured(String word, Path root, List<Path> above) {
        LocationCard card = location(word, root);
        VBox sizes = new VBox(SettingsCard.muted(messages.text("settings.data.measuring")));
        sizes.getStyleClass().add("sizes");
        sizes.setId("sizes-" + word);
        card.add(sizes);
        SceneLife.of(card).during(() -> {
            AtomicReference<@Nullable Measured> result = new AtomicReference<>();
            Command measuring = context.commands().run(place, engine -> result.set(measure(root, above)), () -> {
                Measured measured = result.get();
                if (measured == null) {
                    sizes.getChildren().setAll(SettingsCard.muted(messages.text("settings.data.unreadable")));
                } else {
                    show(measured, sizes);
                }
            });
            return measuring::cancel;
        });
        return card;
    }

    private static @Nullable Measured measure(Path root, List<Path> above) throws IOException {
        if (!Files.isReadable(root)) {
            return null;
        }
        DirectorySize size = DirectorySize.of(root);
        FileStore disk = Files.getFileStore(root);
        for (Path other : above) {
            if (Files.isReadable(other) && Files.getFileStore(other).equals(disk)) {
                return new Measured(size, Optional.empty());
            }
        }
        return new Measured(size, Optional.of(new Disk(disk.getUsableSpace(), disk.getTotalSpace())));
    }

    private void show(Measured measured, VBox sizes) {
        Quantities quantities = messages.quantities();
        String total = messages.text(
                measured.size().complete() ? "settings.data.total" : "settings.data.totalAtLeast",
                quantities.size(measured.size().bytes()));
        Label all = SettingsCard.wrapped(measured.disk()
                .map(disk -> messages.text(
                        "settings.data.andDisk", total, quantities.size(disk.free()), quantities.size(disk.whole())))
                .orElse(total));
        GridPane parts = new GridPane();
        parts.getStyleClass().add("facts");
        ColumnConstraints names = new ColumnConstraints();
        ColumnConstraints amounts = new ColumnConstraints();
        amounts.setHalignment(HPos.RIGHT);
        amounts.setHgrow(Priority.NEVER);
        parts.getColumnConstraints().setAll(names, amounts);
        byName(measured.size().parts()).forEach((name, bytes) -> {
            Label amount = new Label(quantities.sizeInColumn(bytes));
            amount.getStyleClass().add("number");
            parts.addRow(parts.getRowCount(), SettingsCard.muted(name), amount);
        });
        sizes.getChildren().setAll(all, parts);
    }

    /// Largest first. The window does not know how an engine lays out its disk: what it has no words for is the rest.
    private Map<String, Long> byName(List<Part> parts) {
        String rest = messages.text("settings.data.part");
        Map<String, Long> sums = parts.stream()
                .collect(Collectors.groupingBy(part -> name(part, rest), Collectors.summingLong(Part::bytes)));
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .sorted(Comparator.comparing(sum -> sum.getKey().equals(rest)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
    }

    private String name(Part part, String rest) {
        String key = "settings.data.part." + part.name();
        return messages.has(key) ? messages.text(key) : rest;
    }
}
