package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.collections.SetChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Which kinds of files are looked for and from which size on, and a button that ends all looking. While either leaves
/// something out, its menu says so and stands out.
public final class SoughtBox extends HBox {

    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");

    private final Messages messages;
    private final Sought sought;
    private final MenuButton kinds = menu("file-kinds");
    private final MenuButton sizes = menu("file-sizes");

    /// @param files where the keyboard goes from the button that goes away with what it ends
    public SoughtBox(Messages messages, Sought sought, Node files) {
        this.messages = messages;
        this.sought = sought;
        getStyleClass().add("sought-box");
        kinds.getItems().setAll(kindItems());
        sizes.getItems().setAll(sizeItems());
        Button reset = new Button("", new FontIcon(Feather.X));
        reset.getStyleClass().addAll("flat", "icon-button");
        reset.setId("files-reset");
        reset.setAccessibleText(messages.text("explorer.reset"));
        reset.setTooltip(new Tooltip(messages.text("explorer.reset")));
        reset.setOnAction(event -> {
            files.requestFocus();
            sought.reset();
        });
        getChildren().addAll(kinds, sizes, reset);
        sought.filter().subscribe(filter -> {
            reset.setVisible(!filter.isOpen());
            reset.setManaged(!filter.isOpen());
            say(kinds, kindsSaid(), !sought.kinds().isEmpty());
            say(sizes, size(sought.smallest().get()), sought.smallest().get() > 0);
        });
    }

    private static MenuButton menu(String id) {
        MenuButton menu = new MenuButton();
        menu.setId(id);
        menu.setMinWidth(USE_PREF_SIZE);
        return menu;
    }

    private static void say(MenuButton menu, String words, boolean active) {
        menu.setText(words);
        menu.setAccessibleText(words);
        menu.pseudoClassStateChanged(ACTIVE, active);
    }

    private String kindsSaid() {
        return switch (sought.kinds().size()) {
            case 0 -> messages.text("explorer.kind");
            case 1 -> kind(sought.kinds().iterator().next());
            default -> messages.text("explorer.kinds", sought.kinds().size());
        };
    }

    private String kind(Sought.Kind kind) {
        return messages.text("explorer.kind." + kind.name());
    }

    private String size(long bytes) {
        return bytes == 0
                ? messages.text("explorer.anySize")
                : messages.text("explorer.from.size", messages.quantities().size(bytes));
    }

    private List<MenuItem> kindItems() {
        List<MenuItem> items = new ArrayList<>();
        CheckMenuItem all = new CheckMenuItem(messages.text("explorer.kind.all"));
        all.setId("kind-all");
        all.setOnAction(event -> {
            sought.kinds().clear();
            all.setSelected(true);
        });
        sought.filter().subscribe(filter -> all.setSelected(filter.kinds().isEmpty()));
        items.add(all);
        items.add(new SeparatorMenuItem());
        for (Sought.Kind kind : Sought.Kind.values()) {
            CheckMenuItem item = new CheckMenuItem(kind(kind));
            item.setId("kind-" + kind.name().toLowerCase(Locale.ROOT));
            item.selectedProperty().subscribe((before, now) -> {
                if (now) {
                    sought.kinds().add(kind);
                } else {
                    sought.kinds().remove(kind);
                }
            });
            sought.kinds().addListener((SetChangeListener<Sought.Kind>)
                    change -> item.setSelected(change.getSet().contains(kind)));
            items.add(item);
        }
        return items;
    }

    private List<MenuItem> sizeItems() {
        List<MenuItem> items = new ArrayList<>();
        ToggleGroup group = new ToggleGroup();
        for (long bytes : Sought.SIZES) {
            RadioMenuItem item = new RadioMenuItem(size(bytes));
            item.setId("size-" + bytes);
            item.setToggleGroup(group);
            item.setOnAction(event -> sought.smallest().set(bytes));
            sought.smallest().subscribe(now -> item.setSelected(now.longValue() == bytes));
            items.add(item);
        }
        return items;
    }
}
