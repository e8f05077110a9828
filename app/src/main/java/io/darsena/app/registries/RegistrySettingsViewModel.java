package io.darsena.app.registries;

import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What is set for one registry, as it is typed: nothing holds before it is saved. JavaFX thread only.
public final class RegistrySettingsViewModel {

    private final RegistryHost host;
    private final Messages messages;
    private final Consumer<RegistryConfig> keep;
    private final BooleanProperty insecure = new SimpleBooleanProperty();
    private final StringProperty mirrors = new SimpleStringProperty("");
    private final StringProperty authority = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper mirrorsProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper authorityProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper canSave = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private RegistryConfig kept;

    /// @param keep sets it
    public RegistrySettingsViewModel(RegistryConfig now, Messages messages, Consumer<RegistryConfig> keep) {
        this.host = now.registry();
        this.kept = now;
        this.messages = messages;
        this.keep = keep;
        insecure.addListener(change -> check());
        mirrors.addListener(change -> check());
        authority.addListener(change -> check());
        revert();
        check();
    }

    /// What the engine has now. What is being typed stays.
    public void show(RegistryConfig now) {
        boolean typing = changed.get() && !typed().equals(Optional.of(now));
        kept = now;
        if (typing) {
            check();
        } else {
            revert();
        }
    }

    /// Back to what the engine has.
    public void revert() {
        insecure.set(kept.insecure());
        mirrors.set(String.join(
                "\n", kept.mirrors().stream().map(RegistryHost::name).toList()));
        authority.set(kept.authority().map(Path::toString).orElse(""));
        check();
    }

    private void check() {
        mirrorsProblem.set(problemOfMirrors());
        authorityProblem.set(problemOfAuthority());
        Optional<RegistryConfig> typed = typed();
        changed.set(typed.isEmpty() || !typed.get().equals(kept));
        canSave.set(typed.filter(config -> !config.equals(kept)).isPresent());
    }

    private List<String> lines() {
        return mirrors.get()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String problemOfMirrors() {
        List<RegistryHost> hosts = new ArrayList<>();
        for (String line : lines()) {
            Optional<RegistryHost> mirror = RegistriesViewModel.typed(line);
            if (mirror.isEmpty()) {
                return messages.text("registry.mirrors.problem", line);
            }
            Optional<String> more = moreThanAHost(line, mirror.get());
            if (more.isPresent()) {
                return messages.text(more.get(), line, mirror.get());
            }
            if (mirror.get().equals(host)) {
                return messages.text("registry.mirrors.itself");
            }
            if (hosts.contains(mirror.get())) {
                return messages.text("registry.mirrors.twice", line);
            }
            hosts.add(mirror.get());
        }
        return hosts.size() > RegistryConfig.MOST_MIRRORS
                ? messages.text("registry.mirrors.many", RegistryConfig.MOST_MIRRORS)
                : "";
    }

    /// Only a host is kept of what is typed: what else it says is not dropped in silence. On this machine's loopback
    /// plain HTTP is tried first anyway.
    ///
    /// @return the key of what is wrong
    private static Optional<String> moreThanAHost(String line, RegistryHost mirror) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.replaceFirst("^[a-z][a-z0-9+.-]*://", "")
                .replaceFirst("/$", "")
                .contains("/")) {
            return Optional.of("registry.mirrors.path");
        }
        if (lower.startsWith("http://") && !isLoopback(mirror)) {
            return Optional.of("registry.mirrors.plain");
        }
        boolean known = lower.startsWith("http://") || lower.startsWith("https://") || !lower.contains("://");
        return known ? Optional.empty() : Optional.of("registry.mirrors.problem");
    }

    private static boolean isLoopback(RegistryHost host) {
        return host.name().matches("(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?");
    }

    private String problemOfAuthority() {
        String text = authority.get().strip();
        if (text.isEmpty()) {
            return "";
        }
        Path file = Path.of(text.replace("\0", ""));
        if (!file.isAbsolute()) {
            return messages.text("registry.authority.relative");
        }
        return Files.isRegularFile(file) ? "" : messages.text("registry.authority.missing");
    }

    private Optional<RegistryConfig> typed() {
        if (!problemOfMirrors().isEmpty() || !problemOfAuthority().isEmpty()) {
            return Optional.empty();
        }
        List<RegistryHost> hosts = lines().stream()
                .map(RegistriesViewModel::typed)
                .flatMap(Optional::stream)
                .toList();
        String file = authority.get().strip();
        return Optional.of(new RegistryConfig(
                host, insecure.get(), hosts, file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file))));
    }

    public void save() {
        typed().filter(config -> canSave.get()).ifPresent(keep);
    }

    public BooleanProperty insecure() {
        return insecure;
    }

    /// One a line, in the order in which they are asked.
    public StringProperty mirrors() {
        return mirrors;
    }

    /// An absolute path, or blank.
    public StringProperty authority() {
        return authority;
    }

    /// In words; empty when nothing is wrong.
    public ReadOnlyStringProperty mirrorsProblem() {
        return mirrorsProblem.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty authorityProblem() {
        return authorityProblem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canSave() {
        return canSave.getReadOnlyProperty();
    }

    /// Whether there is something to take back.
    public ReadOnlyBooleanProperty changed() {
        return changed.getReadOnlyProperty();
    }
}
