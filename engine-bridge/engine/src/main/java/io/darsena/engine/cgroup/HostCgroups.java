package io.darsena.engine.cgroup;

import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.runtime.cgroup.CgroupLayout;
import io.darsena.runtime.cgroup.CgroupLimits;
import io.darsena.runtime.cgroup.CgroupMetrics;
import io.darsena.runtime.cgroup.CgroupPlacement;
import io.darsena.runtime.cgroup.CgroupSubtree;
import io.darsena.runtime.cgroup.ContainerCgroup;
import io.darsena.runtime.cgroup.Controller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The control groups of this host. Several engines may share one host: each marks its groups with a tag made from its
/// data directory, and knows no others.
public final class HostCgroups implements Cgroups {

    private static final int TAG_BYTES = 4;
    private static final double NANOS = 1e9;

    private static final Set<Controller> WANTED =
            Set.of(Controller.CPU, Controller.MEMORY, Controller.PIDS, Controller.IO, Controller.FREEZER);

    private final CgroupMode mode;
    private final CgroupPlacement placement;
    private final String prefix;

    public HostCgroups(CgroupLayout layout, CgroupPlacement placement, Path data) {
        this.placement = placement;
        this.prefix = tag(data) + "-";
        this.mode = switch (layout.kind()) {
            case NONE -> CgroupMode.NONE;
            case V1 -> CgroupMode.V1;
            case HYBRID -> CgroupMode.HYBRID;
            case V2 -> CgroupMode.V2;
        };
    }

    private static String tag(Path data) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public CgroupMode mode() {
        return mode;
    }

    @Override
    public Optional<Refusal> refusal() {
        return switch (placement) {
            case CgroupPlacement.Usable usable -> Optional.empty();
            case CgroupPlacement.Unusable unusable -> Optional.of(RefusalTexts.of(unusable));
        };
    }

    @Override
    public Optional<Refusal> freezerRefusal() {
        return refusal().or(() -> refusal(EnumSet.of(Controller.FREEZER), "pause"));
    }

    @Override
    public Optional<Refusal> controllerRefusal() {
        return refusal().isPresent() ? Optional.empty() : refusal(WANTED, "limits, pause and metrics");
    }

    @Override
    public Optional<Refusal> deviceRefusal() {
        return subtree().filter(CgroupSubtree::controlsDevices).isPresent()
                ? Optional.empty()
                : Optional.of(RefusalTexts.ofDevices());
    }

    @Override
    public Optional<Refusal> refusal(ResourceLimits limits) {
        Set<Controller> needed = translated(limits).controllers();
        return needed.isEmpty() ? Optional.empty() : refusal().or(() -> refusal(needed, "these limits"));
    }

    private Optional<Refusal> refusal(Set<Controller> needed, String purpose) {
        Set<Controller> missing = EnumSet.copyOf(needed);
        subtree().ifPresent(subtree -> missing.removeAll(subtree.controllers()));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream()
                .map(controller -> controller.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(new Refusal(
                Lack.CGROUP_CONTROLLER_MISSING,
                "this host does not grant the cgroup controllers that " + purpose + " need: " + names,
                "have them delegated (systemd: Delegate=" + names.replace(",", "") + "), or run as root"));
    }

    static CgroupLimits translated(ResourceLimits limits) {
        OptionalLong memory = limits.memory();
        OptionalLong both = limits.hasUnlimitedSwap() ? OptionalLong.empty() : limits.memoryAndSwap();
        if (memory.isPresent() && limits.memoryAndSwap().isEmpty()) {
            both = OptionalLong.of(Math.multiplyExact(memory.getAsLong(), 2));
        }
        OptionalLong cpus = limits.cpus().isPresent()
                ? OptionalLong.of(Math.round(limits.cpus().getAsDouble() * NANOS))
                : OptionalLong.empty();
        return new CgroupLimits(memory, both, cpus, limits.processes());
    }

    private Optional<CgroupSubtree> subtree() {
        return switch (placement) {
            case CgroupPlacement.Usable usable -> Optional.of(usable.subtree());
            case CgroupPlacement.Unusable unusable -> Optional.empty();
        };
    }

    private Optional<ContainerCgroup> group(ContainerId id) {
        return subtree().flatMap(subtree -> subtree.find(name(id)));
    }

    private String name(ContainerId id) {
        return prefix + id.hex();
    }

    @Override
    public List<Path> create(ContainerId id, ResourceLimits limits) {
        return subtree()
                .map(subtree -> subtree.create(name(id), translated(limits)).directories())
                .orElse(List.of());
    }

    @Override
    public void freeze(ContainerId id, boolean frozen) {
        group(id).ifPresent(frozen ? ContainerCgroup::freeze : ContainerCgroup::thaw);
    }

    @Override
    public boolean isFrozen(ContainerId id) {
        return group(id).map(ContainerCgroup::frozen).orElse(false);
    }

    @Override
    public long oomKills(ContainerId id) {
        return group(id).map(group -> group.oomKills().orElse(0)).orElse(0L);
    }

    @Override
    public Optional<CgroupMetrics> metrics(ContainerId id) {
        return group(id).map(ContainerCgroup::metrics);
    }

    @Override
    public void remove(ContainerId id) {
        group(id).ifPresent(group -> {
            group.kill();
            group.remove();
        });
    }

    @Override
    public Set<ContainerId> present() {
        Set<ContainerId> present = new HashSet<>();
        subtree().stream()
                .flatMap(subtree -> subtree.ownedChildren().stream())
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .filter(name -> name.matches("[0-9a-f]{64}"))
                .forEach(name -> present.add(ContainerId.parse(name)));
        return present;
    }

    @Override
    public void close() {
        subtree().ifPresent(CgroupSubtree::removeIfEmpty);
    }
}
