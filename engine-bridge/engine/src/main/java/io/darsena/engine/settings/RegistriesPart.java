package io.darsena.engine.settings;

import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `"registries" : { "layersAtOnce" : 4, "hosts" : { "docker.io" : { "mirrors" : [ "localhost:5000" ] },
/// "localhost:5000" : { "insecure" : true, "authority" : "/etc/ssl/own.pem" } } }`
record RegistriesPart() implements SettingsPart {

    private static final String HOSTS = "hosts";

    @Override
    public String name() {
        return "registries";
    }

    @Override
    public EngineSettings read(JsonObject file, EngineSettings settings) {
        return file.optionalObject(name())
                .map(part -> settings.withRegistries(part.checked(() -> registries(part))))
                .orElse(settings);
    }

    private static RegistrySettings registries(JsonObject part) {
        long atOnce = part.optionalNumber("layersAtOnce").orElse(RegistrySettings.DEFAULT.layersAtOnce());
        List<RegistryConfig> hosts = part.names(HOSTS).stream()
                .map(name -> config(name, part.object(HOSTS).object(name)))
                .toList();
        return new RegistrySettings(hosts, Math.clamp(atOnce, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static RegistryConfig config(String name, JsonObject host) {
        return host.checked(() -> new RegistryConfig(
                new RegistryHost(name),
                host.flag("insecure"),
                host.texts("mirrors").stream().map(RegistryHost::new).toList(),
                host.optionalText("authority").map(Path::of)));
    }

    @Override
    public ObjectNode write(EngineSettings settings) {
        ObjectNode part =
                JsonText.object().put("layersAtOnce", settings.registries().layersAtOnce());
        ObjectNode hosts = part.putObject(HOSTS);
        for (RegistryConfig each : settings.registries().registries()) {
            ObjectNode host = hosts.putObject(each.registry().name());
            if (each.insecure()) {
                host.put("insecure", true);
            }
            if (!each.mirrors().isEmpty()) {
                ArrayNode mirrors = host.putArray("mirrors");
                each.mirrors().forEach(mirror -> mirrors.add(mirror.name()));
            }
            each.authority().ifPresent(file -> host.put("authority", file.toString()));
        }
        return part;
    }
}
