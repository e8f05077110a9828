package io.darsena.app.packages;

import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageType;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// The packages of one image or container. The engine is asked when somebody looks, and once. JavaFX thread only.
public final class PackagesViewModel {

    private final Question<PackageListing> asked;
    private final ReadOnlyObjectWrapper<Optional<PackageListing>> listing =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<FoundPackage> all = FXCollections.observableArrayList();
    private final FilteredList<FoundPackage> rows = new FilteredList<>(all);
    private final StringProperty words = new SimpleStringProperty("");
    private final ObjectProperty<Optional<PackageType>> type = new SimpleObjectProperty<>(Optional.empty());
    private Optional<TreeSource> source = Optional.empty();
    private String name = "";

    public PackagesViewModel(Commands commands, FxPump pump) {
        asked = new Question<>(commands, pump, Duration.ZERO);
        words.subscribe((before, now) -> filter());
        type.subscribe((before, now) -> filter());
    }

    /// Whose packages it is about; the same again changes nothing.
    ///
    /// @param called what its documents are to be called
    public void show(TreeSource shown, String called) {
        name = called;
        if (source.filter(shown::equals).isEmpty()) {
            source = Optional.of(shown);
            forget();
        }
    }

    private void forget() {
        asked.withdraw();
        words.set("");
        type.set(Optional.empty());
        all.clear();
        listing.set(Optional.empty());
    }

    /// Asks for the packages, if they are not known yet.
    public void look() {
        boolean known = listing.get().isPresent() || asked.asking().get();
        if (!known) {
            source.ifPresent(this::ask);
        }
    }

    /// Asks again: a container may have changed.
    public void refresh() {
        source.ifPresent(this::ask);
    }

    private void ask(TreeSource about) {
        if (about instanceof TreeSource.OfImage image && image.layer() == 0) {
            tell(PackageListing.EMPTY); // an image without layers holds nothing
        } else {
            asked.ask(engine -> engine.packages().list(about), this::tell);
        }
    }

    private void tell(PackageListing told) {
        all.setAll(told.packages());
        if (type.get().filter(chosen -> told.count(chosen) == 0).isPresent()) {
            type.set(Optional.empty());
        }
        listing.set(Optional.of(told));
    }

    private void filter() {
        String sought = words.get().strip().toLowerCase(Locale.ROOT);
        Optional<PackageType> wanted = type.get();
        rows.setPredicate(found ->
                (wanted.isEmpty() || wanted.get() == found.type()) && (sought.isEmpty() || says(found, sought)));
    }

    private static boolean says(FoundPackage found, String sought) {
        return has(found.displayName(), sought)
                || has(found.version(), sought)
                || has(found.licence(), sought)
                || has(found.source(), sought)
                || has(found.place(), sought);
    }

    private static boolean has(String text, String sought) {
        return text.toLowerCase(Locale.ROOT).contains(sought);
    }

    ReadOnlyObjectProperty<Optional<PackageListing>> listing() {
        return listing.getReadOnlyProperty();
    }

    /// What the words and the type let through.
    FilteredList<FoundPackage> rows() {
        return rows;
    }

    StringProperty words() {
        return words;
    }

    ObjectProperty<Optional<PackageType>> type() {
        return type;
    }

    ReadOnlyBooleanProperty reading() {
        return asked.asking();
    }

    FailurePlace place() {
        return asked.place();
    }

    Optional<TreeSource> source() {
        return source;
    }

    String name() {
        return name;
    }
}
