package io.darsena.engine.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a registry wants to be shown (RFC 9110, `WWW-Authenticate`).
///
/// @param scheme in small letters, as `bearer`
/// @param parameters names in small letters
record Challenge(String scheme, Map<String, String> parameters) {

    private static final int LONGEST = 8 << 10;

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /// Of several the one that can be answered best: a token, then a name and a password.
    static Optional<Challenge> best(List<String> headers) {
        List<Challenge> all = headers.stream()
                .filter(header -> header.length() <= LONGEST)
                .flatMap(header -> parse(header).stream())
                .toList();
        return all.stream()
                .filter(each ->
                        each.scheme.equals("bearer") && each.parameter("realm").isPresent())
                .findFirst()
                .or(() ->
                        all.stream().filter(each -> each.scheme.equals("basic")).findFirst());
    }

    /// What of a header is no challenge is passed over.
    static List<Challenge> parse(String header) {
        List<Challenge> found = new ArrayList<>();
        Text text = new Text(header);
        String scheme = "";
        Map<String, String> parameters = new LinkedHashMap<>();
        while (text.skipTo()) {
            String word = text.token();
            if (word.isEmpty()) {
                text.at++;
            } else if (text.isNext('=')) {
                parameters.put(word.toLowerCase(Locale.ROOT), text.value());
            } else {
                if (!scheme.isEmpty()) {
                    found.add(new Challenge(scheme, parameters));
                }
                scheme = word.toLowerCase(Locale.ROOT);
                parameters.clear();
            }
        }
        if (!scheme.isEmpty()) {
            found.add(new Challenge(scheme, parameters));
        }
        return found;
    }

    /// A header and where reading it has come to.
    private static final class Text {
        private final String all;
        private int at;

        Text(String all) {
            this.all = all;
        }

        /// Passes over blanks and commas.
        boolean skipTo() {
            while (at < all.length() && " \t,".indexOf(all.charAt(at)) >= 0) {
                at++;
            }
            return at < all.length();
        }

        String token() {
            int start = at;
            while (at < all.length() && isTokenPart(all.charAt(at))) {
                at++;
            }
            return all.substring(start, at);
        }

        private static boolean isTokenPart(char letter) {
            return letter > ' ' && letter < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(letter) < 0;
        }

        boolean isNext(char expected) {
            int next = at;
            while (next < all.length() && all.charAt(next) == ' ') {
                next++;
            }
            return next < all.length() && all.charAt(next) == expected;
        }

        String value() {
            at = all.indexOf('=', at) + 1;
            while (at < all.length() && all.charAt(at) == ' ') {
                at++;
            }
            if (at >= all.length() || all.charAt(at) != '"') {
                int start = at;
                while (at < all.length() && " \t,".indexOf(all.charAt(at)) < 0) {
                    at++;
                }
                return all.substring(start, at);
            }
            return quoted();
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < all.length() && all.charAt(at) != '"') {
                if (all.charAt(at) == '\\' && at + 1 < all.length()) {
                    at++;
                }
                value.append(all.charAt(at));
                at++;
            }
            at++;
            return value.toString();
        }
    }
}
