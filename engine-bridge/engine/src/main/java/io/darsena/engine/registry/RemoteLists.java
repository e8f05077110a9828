package io.darsena.engine.registry;

import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundRepository.Visibility;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a registry lists: tags, repositories, what a search finds. Lists come in pages; so many are read and no
/// more.
record RemoteLists(RegistryClient client) {

    private static final int LARGEST_PAGE = 4 << 20;
    private static final int MOST_PAGES = 200;
    private static final int LONGEST_PAGE = 1_000;
    private static final int MOST_SEARCHED = 20_000;
    private static final int MOST_FOUND = 100;
    private static final Pattern BESIDE = Pattern.compile("sha256-[0-9a-f]{64}(\\.[a-z]{1,16})?");

    /// Signatures and what else tools keep beside an image under its digest (`sha256-<hex>.sig`) are no images.
    List<String> tags(String repository, int limit) {
        return list(
                Scope.pull(repository),
                repository + "/tags/list",
                "tags",
                limit,
                name -> !BESIDE.matcher(name).matches());
    }

    List<String> repositories(int limit) {
        return list(Scope.CATALOG, "_catalog", "repositories", limit, name -> true);
    }

    private record Page(List<String> names, Optional<URI> next) {}

    private List<String> list(Scope scope, String path, String member, int limit, Predicate<String> wanted) {
        List<String> names = new ArrayList<>();
        Optional<URI> next = Optional.of(client.at(path + "?n=" + Math.clamp(limit, 1, LONGEST_PAGE)));
        for (int pages = 0; next.isPresent() && names.size() < limit && pages < MOST_PAGES; pages++) {
            Page page = client.ask(scope, Call.of("GET", next.get()), answer -> {
                JsonObject list = JsonObject.parse(
                        require(answer), "list of " + client.purpose().subject());
                return new Page(list.texts(member), NextPage.of(answer.uri(), answer.all("Link")));
            });
            page.names().stream().filter(wanted).forEach(names::add);
            next = page.next();
        }
        return List.copyOf(names.subList(0, Math.min(limit, names.size())));
    }

    private byte[] require(Answer answer) throws java.io.IOException {
        if (answer.status() != Answer.OK) {
            throw RegistryFailure.of(client.purpose(), answer);
        }
        try (answer) {
            return answer.bytes(LARGEST_PAGE);
        }
    }

    /// By the catalog: every word must be in the name.
    List<FoundRepository> search(RegistryHost registry, String words, int limit) {
        List<String> wanted = List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return repositories(MOST_SEARCHED).stream()
                .filter(name -> wanted.stream().allMatch(name::contains))
                .limit(limit)
                .map(name -> new FoundRepository(registry.name() + "/" + name, "", 0, false, Visibility.UNKNOWN))
                .toList();
    }

    /// By Docker Hub's own search, which finds what everybody may see and, if anything else, says so.
    List<FoundRepository> searchHub(URI search, String words, int limit) {
        URI address = URI.create(search + "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&n="
                + Math.clamp(limit, 1, MOST_FOUND));
        return client.ask(
                Scope.NONE,
                Call.of("GET", address),
                answer -> JsonObject.parse(require(answer), "search").objects("results").stream()
                        .limit(limit)
                        .map(found -> new FoundRepository(
                                found.text("name"),
                                found.textOrEmpty("description"),
                                found.optionalNumber("star_count").orElse(0),
                                found.flag("is_official"),
                                found.flag("is_private") ? Visibility.PRIVATE : Visibility.PUBLIC))
                        .toList());
    }
}
