package io.darsena.engine.registry;

import io.darsena.engine.registry.http.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How long a server wants to be left alone: seconds or a date (RFC 9110).
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> of(Answer answer) {
        return answer.header("Retry-After").flatMap(text -> {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                ZonedDateTime at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
                Duration wait = Duration.between(ZonedDateTime.now(at.getZone()), at);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeException nonsense) {
                return Optional.empty();
            }
        });
    }
}
