package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Reads what the protocol's `error` and `failed`, and a failed run's exit record, say of a failure.
final class Failures {

    private Failures() {}

    static RuntimeFailure of(Frame error) {
        return of(error::value);
    }

    /// Missing fields become empty: an older or newer runtime may tell less.
    static RuntimeFailure of(Function<String, Optional<String>> field) {
        return new RuntimeFailure(
                field.apply("stage").orElse(""),
                field.apply("operation").orElse("darsena-runtime"),
                field.apply("object").orElse(""),
                errno(field.apply("errno").orElse("")),
                field.apply("reason").orElse("failed without a reason"),
                field.apply("hint").orElse(""));
    }

    private static OptionalInt errno(String text) {
        try {
            int number = Integer.parseInt(text);
            return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
