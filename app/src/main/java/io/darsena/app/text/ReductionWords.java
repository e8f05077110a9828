package io.darsena.app.text;

import io.darsena.bridge.EngineDescription.Reduction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A reduction in the person's language. What no bundle knows is told in the engine's words.
public record ReductionWords(String reason, String cure, String detail) {

    /// `detail` is what only the engine knows, such as which controllers are missing; empty when there is nothing.
    public static ReductionWords of(Reduction reduction, Messages messages) {
        String key = "reduction." + reduction.key();
        if (!messages.has(key + ".reason")) {
            EngineWords words = new EngineWords(messages);
            return new ReductionWords(
                    stopped(words.sentence(reduction.reason())), stopped(words.sentence(reduction.cure())), "");
        }
        return new ReductionWords(
                messages.text(key + ".reason"), messages.text(key + ".cure"), detail(reduction.reason(), messages));
    }

    /// The engine puts particulars behind a colon, or at the end in parentheses.
    private static String detail(String reason, Messages messages) {
        EngineWords words = new EngineWords(messages);
        return Stream.of(particulars(reason).split("; ")).map(words::particular).collect(Collectors.joining("; "));
    }

    private static String particulars(String reason) {
        int colon = reason.indexOf(": ");
        int open = reason.endsWith(")") ? reason.indexOf(" (") : -1;
        if (open >= 0) {
            return reason.substring(open + 2, reason.length() - 1);
        }
        return colon < 0 ? "" : reason.substring(colon + 2);
    }

    private static String stopped(String sentence) {
        return sentence.isEmpty() || sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
