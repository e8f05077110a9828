package io.darsena.engine.settings;

import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `"sync" : { "minutes" : 360, "metered" : false, "hosts" : { "docker.io" : { "minutes" : 1440 } } }`;
/// 0 is never
record SyncPart() implements SettingsPart {

    private static final String HOSTS = "hosts";
    private static final String MINUTES = "minutes";

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public EngineSettings read(JsonObject file, EngineSettings settings) {
        return file.optionalObject(name())
                .map(part -> settings.withSync(part.checked(() -> sync(part))))
                .orElse(settings);
    }

    private static SyncSettings sync(JsonObject part) {
        List<SyncSettings.Schedule> hosts = part.names(HOSTS).stream()
                .map(name -> part.object(HOSTS)
                        .object(name)
                        .checked(() -> new SyncSettings.Schedule(
                                new RegistryHost(name),
                                every(part.object(HOSTS).object(name).number(MINUTES)))))
                .toList();
        return new SyncSettings(
                part.has(MINUTES) ? every(part.number(MINUTES)) : SyncSettings.DEFAULT.every(),
                part.flag("metered"),
                hosts);
    }

    private static Optional<Duration> every(long minutes) {
        return minutes == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMinutes(Math.clamp(minutes, Integer.MIN_VALUE, Integer.MAX_VALUE)));
    }

    @Override
    public ObjectNode write(EngineSettings settings) {
        SyncSettings sync = settings.sync();
        ObjectNode part = JsonText.object()
                .put(MINUTES, sync.every().map(Duration::toMinutes).orElse(0L))
                .put("metered", sync.metered());
        ObjectNode hosts = part.putObject(HOSTS);
        sync.registries()
                .forEach(each -> hosts.putObject(each.registry().name())
                        .put(MINUTES, each.every().map(Duration::toMinutes).orElse(0L)));
        return part;
    }
}
