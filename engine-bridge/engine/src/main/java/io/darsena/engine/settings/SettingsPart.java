package io.darsena.engine.settings;

import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trash.TrashPolicy;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// One member of the file: how it becomes a part of the settings, and back. A part that is absent is at its
/// default.
interface SettingsPart {

    List<SettingsPart> ALL = List.of(new Logs(), new Trash(), new RegistriesPart(), new SyncPart(), new TrustPart());

    String name();

    /// @return the settings with this part
    /// @throws io.darsena.bridge.error.CorruptedException when it is given and no such part
    EngineSettings read(JsonObject file, EngineSettings settings);

    ObjectNode write(EngineSettings settings);

    /// What holds where this part is given and cannot be followed: its default.
    default EngineSettings unreadable(EngineSettings settings) {
        return settings;
    }

    static Set<String> names() {
        return ALL.stream().map(SettingsPart::name).collect(Collectors.toSet());
    }

    /// `"logs" : { "maxBytes" : 10000000, "files" : 3 }`
    record Logs() implements SettingsPart {

        @Override
        public String name() {
            return "logs";
        }

        @Override
        public EngineSettings read(JsonObject file, EngineSettings settings) {
            return file.optionalObject(name())
                    .map(logs -> settings.withLogs(logs.checked(() -> limits(logs))))
                    .orElse(settings);
        }

        private static LogLimits limits(JsonObject logs) {
            long bytes = logs.optionalNumber("maxBytes").orElse(LogLimits.DEFAULT.maxBytes());
            long files = logs.optionalNumber("files").orElse(LogLimits.DEFAULT.files());
            return new LogLimits(bytes, Math.clamp(files, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }

        @Override
        public ObjectNode write(EngineSettings settings) {
            return JsonText.object()
                    .put("maxBytes", settings.logs().maxBytes())
                    .put("files", settings.logs().files());
        }
    }

    /// `"trash" : { "days" : 7, "freeBytes" : 2000000000 }`; 0 is never
    record Trash() implements SettingsPart {

        @Override
        public String name() {
            return "trash";
        }

        @Override
        public EngineSettings read(JsonObject file, EngineSettings settings) {
            return file.optionalObject(name())
                    .map(trash -> settings.withTrash(trash.checked(() -> policy(trash))))
                    .orElse(settings);
        }

        private static TrashPolicy policy(JsonObject trash) {
            long days = trash.optionalNumber("days")
                    .orElse(TrashPolicy.DEFAULT.days().orElse(0));
            long freeBytes = trash.optionalNumber("freeBytes")
                    .orElse(TrashPolicy.DEFAULT.freeBytes().orElse(0));
            return new TrashPolicy(
                    days == 0
                            ? OptionalInt.empty()
                            : OptionalInt.of(Math.clamp(days, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                    freeBytes == 0 ? OptionalLong.empty() : OptionalLong.of(freeBytes));
        }

        @Override
        public ObjectNode write(EngineSettings settings) {
            return JsonText.object()
                    .put("days", settings.trash().days().orElse(0))
                    .put("freeBytes", settings.trash().freeBytes().orElse(0));
        }
    }
}
