package io.darsena.engine.settings;

import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `"trust" : { "keys" : { "team" : { "pem" : "-----BEGIN PUBLIC KEY-----…" } }, "rules" : { "ghcr.io/team" :
/// { "demand" : "refuse", "keys" : [ "team" ], "signWith" : "team" } } }`
record TrustPart() implements SettingsPart {

    private static final String KEYS = "keys";
    private static final String RULES = "rules";

    @Override
    public String name() {
        return "trust";
    }

    @Override
    public EngineSettings read(JsonObject file, EngineSettings settings) {
        return file.optionalObject(name())
                .map(part -> settings.withTrust(part.checked(() -> trust(part))))
                .orElse(settings);
    }

    /// Rules that cannot be read may have refused: then everything is refused, until they can.
    @Override
    public EngineSettings unreadable(EngineSettings settings) {
        return settings.withTrust(new TrustSettings(
                List.of(), List.of(new TrustRule(TrustRule.EVERYWHERE, Demand.REFUSE, List.of(), Optional.empty()))));
    }

    /// Of two spellings of one scope the stricter rule counts. What is idle has never spoken of anything.
    private static TrustSettings trust(JsonObject part) {
        List<TrustedKey> keys = part.names(KEYS).stream()
                .map(name -> new TrustedKey(name, part.object(KEYS).object(name).text("pem")))
                .toList();
        Map<String, TrustRule> rules = part.names(RULES).stream()
                .filter(scope -> !TrustRule.isIdle(scope))
                .map(scope -> rule(scope, part.object(RULES).object(scope)))
                .collect(Collectors.toMap(
                        TrustRule::scope, each -> each, BinaryOperator.maxBy(Comparator.comparing(TrustRule::demand))));
        return new TrustSettings(keys, List.copyOf(rules.values()));
    }

    private static TrustRule rule(String scope, JsonObject rule) {
        return rule.checked(() -> new TrustRule(
                scope,
                Demand.valueOf(rule.text("demand").toUpperCase(Locale.ROOT)),
                rule.texts(KEYS),
                rule.optionalText("signWith")));
    }

    @Override
    public ObjectNode write(EngineSettings settings) {
        ObjectNode part = JsonText.object();
        ObjectNode keys = part.putObject(KEYS);
        settings.trust().keys().forEach(key -> keys.putObject(key.name()).put("pem", key.pem()));
        ObjectNode rules = part.putObject(RULES);
        for (TrustRule each : settings.trust().rules()) {
            ObjectNode rule = rules.putObject(each.scope())
                    .put("demand", each.demand().name().toLowerCase(Locale.ROOT));
            if (!each.keys().isEmpty()) {
                ArrayNode names = rule.putArray(KEYS);
                each.keys().forEach(names::add);
            }
            each.signWith().ifPresent(key -> rule.put("signWith", key));
        }
        return part;
    }
}
