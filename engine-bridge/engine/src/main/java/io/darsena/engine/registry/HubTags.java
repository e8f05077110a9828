package io.darsena.engine.registry;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import io.darsena.engine.registry.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Tags of Docker Hub's repositories with sizes and dates, which its registry does not tell: by the public API of its
/// site, asked without any login.
///
/// @param repositories the root of what it says of repositories
record HubTags(HttpTransport transport, URI repositories) {

    private static final int LARGEST_PAGE = 4 << 20;
    private static final int LONGEST_PAGE = 100;
    private static final int MOST_PAGES = 10;

    private record Page(List<FoundTag> tags, boolean isLast) {}

    /// Empty when it does not tell, for whatever reason: of a private repository, or because it is not in reach.
    Optional<List<FoundTag>> of(String repository, int limit) {
        List<FoundTag> tags = new ArrayList<>();
        try {
            for (int number = 1; number <= MOST_PAGES && tags.size() < limit; number++) {
                Optional<Page> page = page(repository, number);
                if (page.isEmpty()) {
                    return Optional.empty();
                }
                tags.addAll(page.get().tags());
                if (page.get().isLast()) {
                    break;
                }
            }
        } catch (EngineException | IOException untold) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(tags.subList(0, Math.min(limit, tags.size()))));
    }

    private Optional<Page> page(String repository, int number) throws IOException {
        URI address = URI.create(repositories + repository + "/tags?page_size=" + LONGEST_PAGE + "&page=" + number);
        try (Answer answer = transport.send(Call.of("GET", address))) {
            if (answer.status() != Answer.OK) {
                return Optional.empty();
            }
            JsonObject page = JsonObject.parse(answer.bytes(LARGEST_PAGE), "list of " + repository);
            List<FoundTag> tags =
                    page.objects("results").stream().map(HubTags::tag).toList();
            return Optional.of(new Page(tags, page.optionalText("next").isEmpty()));
        }
    }

    private static FoundTag tag(JsonObject tag) {
        OptionalLong own = tag.objects("images").stream()
                .filter(HubTags::isForThisMachine)
                .map(image -> image.optionalNumber("size"))
                .findFirst()
                .orElse(OptionalLong.empty());
        return new FoundTag(
                tag.text("name"),
                own.isPresent() ? own : tag.optionalNumber("full_size"),
                tag.optionalText("last_updated").flatMap(HubTags::time));
    }

    private static boolean isForThisMachine(JsonObject image) {
        Platform own = Platform.ofThisMachine();
        return image.textOrEmpty("os").equals("linux")
                && image.textOrEmpty("architecture").equals(own.architecture());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }
}
