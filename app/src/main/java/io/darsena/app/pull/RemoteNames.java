package io.darsena.app.pull;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.Optional;

/// What a registry has to be asked to complete a name.
sealed interface RemoteNames {

    int MOST = 1000;
    int MOST_FOUND = 25;
    int LEAST_LETTERS = 3;

    /// What is typed before what the registry tells.
    String prefix();

    List<String> ask(Engine engine);

    /// The tags of a repository: what is typed ends with a colon and perhaps the beginning of one.
    record Tags(RegistryHost registry, String repository, String prefix) implements RemoteNames {
        @Override
        public List<String> ask(Engine engine) {
            return engine.registries().tags(registry, repository, MOST);
        }
    }

    /// The repositories of a registry: what is typed begins with its name and a slash.
    record Repositories(RegistryHost registry, String prefix) implements RemoteNames {
        @Override
        public List<String> ask(Engine engine) {
            return engine.registries().repositories(registry, MOST);
        }
    }

    /// What Docker Hub's search finds: what is typed is the beginning of a repository's name there.
    record HubRepositories(String words) implements RemoteNames {
        @Override
        public String prefix() {
            return "";
        }

        @Override
        public List<String> ask(Engine engine) {
            return engine.registries().search(RegistryHost.DOCKER_HUB, words, MOST_FOUND).stream()
                    .map(FoundRepository::name)
                    .toList();
        }
    }

    /// Docker Hub's repositories, where nothing typed so far says that another registry is meant.
    static Optional<RemoteNames> ofHub(String typed) {
        int slash = typed.indexOf('/');
        boolean elsewhere = slash > 0 && isHost(typed.substring(0, slash));
        return typed.length() < LEAST_LETTERS || elsewhere || typed.indexOf(':') >= 0 || typed.endsWith("/")
                ? Optional.empty()
                : parse(typed).filter(name -> name.digest().isEmpty()).map(name -> new HubRepositories(typed));
    }

    /// Nobody is asked before it is clear whom: Docker Hub does not hear of every letter that is typed.
    static Optional<RemoteNames> of(String typed) {
        if (typed.indexOf('@') >= 0) {
            return Optional.empty();
        }
        int slash = typed.lastIndexOf('/');
        int colon = typed.lastIndexOf(':');
        if (colon > slash) {
            return isHost(typed.substring(0, colon)) && slash < 0
                    ? Optional.empty()
                    : parse(typed.substring(0, colon))
                            .map(name ->
                                    new Tags(RegistryHost.of(name), name.repository(), typed.substring(0, colon + 1)));
        }
        int first = typed.indexOf('/');
        return first <= 0 ? Optional.empty() : repositories(typed.substring(0, first));
    }

    private static Optional<RemoteNames> repositories(String host) {
        return parse(host + "/any")
                .map(RegistryHost::of)
                .filter(registry -> !registry.equals(RegistryHost.DOCKER_HUB))
                .map(registry -> new Repositories(registry, host + "/"));
    }

    private static boolean isHost(String word) {
        return word.equals("localhost") || word.indexOf('.') >= 0 || word.startsWith("[");
    }

    private static Optional<ImageReference> parse(String name) {
        try {
            return Optional.of(ImageReference.parse(name));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
