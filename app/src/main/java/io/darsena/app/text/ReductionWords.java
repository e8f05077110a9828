package io.darsena.app.text;

import io.darsena.bridge.EngineDescription.Reduction;

/// A reduction in the person's language. What no bundle knows is told in the engine's own words, which are English.
public record ReductionWords(String reason, String cure, String detail) {

    /// `detail` is what only the engine knows, such as which controllers are missing; empty when there is nothing.
    public static ReductionWords of(Reduction reduction, Messages messages) {
        String key = "reduction." + reduction.key();
        if (!messages.has(key + ".reason")) {
            return new ReductionWords(sentence(reduction.reason()), sentence(reduction.cure()), "");
        }
        return new ReductionWords(
                messages.text(key + ".reason"), messages.text(key + ".cure"), detail(reduction.reason()));
    }

    /// The engine puts particulars behind a colon, or at the end in parentheses.
    private static String detail(String reason) {
        int colon = reason.indexOf(": ");
        int open = reason.endsWith(")") ? reason.indexOf(" (") : -1;
        if (open >= 0) {
            return reason.substring(open + 2, reason.length() - 1);
        }
        return colon < 0 ? "" : reason.substring(colon + 2);
    }

    private static String sentence(String words) {
        String capital = words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return capital.isEmpty() || capital.endsWith(".") ? capital : capital + ".";
    }
}
