package io.darsena.bridge.container;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Pleasant names for containers that were given none: a word of weather or temper and one of the harbour.
public final class NameSuggestion {

    private static final List<String> ADJECTIVES = List.of(
            "amber",
            "breezy",
            "briny",
            "bright",
            "calm",
            "clear",
            "coastal",
            "cobalt",
            "coral",
            "crisp",
            "drifting",
            "eager",
            "early",
            "fair",
            "foamy",
            "gentle",
            "gleaming",
            "golden",
            "hardy",
            "hidden",
            "idle",
            "jolly",
            "keen",
            "lively",
            "lucky",
            "mellow",
            "merry",
            "misty",
            "moonlit",
            "nimble",
            "northern",
            "patient",
            "pearly",
            "placid",
            "proud",
            "quiet",
            "rolling",
            "rosy",
            "salty",
            "sandy",
            "serene",
            "silver",
            "southern",
            "spry",
            "starry",
            "steady",
            "sturdy",
            "sunny",
            "swift",
            "tidal",
            "tranquil",
            "trusty",
            "violet",
            "wandering",
            "warm",
            "windy",
            "wise",
            "young");
    private static final List<String> NOUNS = List.of(
            "albatross",
            "anchor",
            "anchovy",
            "barge",
            "bay",
            "beacon",
            "bollard",
            "bosun",
            "breakwater",
            "buoy",
            "capstan",
            "captain",
            "clipper",
            "compass",
            "cormorant",
            "cove",
            "crane",
            "current",
            "cutter",
            "dinghy",
            "dock",
            "dolphin",
            "ferry",
            "fjord",
            "frigate",
            "galley",
            "gondola",
            "gull",
            "halyard",
            "harbour",
            "helm",
            "heron",
            "hull",
            "jetty",
            "keel",
            "ketch",
            "lagoon",
            "lantern",
            "lighthouse",
            "lobster",
            "marina",
            "mast",
            "mooring",
            "mussel",
            "narwhal",
            "oar",
            "otter",
            "oyster",
            "pelican",
            "petrel",
            "pier",
            "pilot",
            "porpoise",
            "puffin",
            "quay",
            "reef",
            "regatta",
            "rudder",
            "sail",
            "sardine",
            "schooner",
            "seal",
            "sextant",
            "shoal",
            "skiff",
            "sloop",
            "spinnaker",
            "spray",
            "starfish",
            "tern",
            "tide",
            "tiller",
            "trawler",
            "tugboat",
            "turtle",
            "urchin",
            "wharf",
            "windlass",
            "yawl");
    private static final int ATTEMPTS = 20;

    private NameSuggestion() {}

    /// A name that is not taken; with a number behind it when chance does not find a free one soon.
    public static String next(RandomGenerator random, Predicate<String> taken) {
        String name = pick(random);
        for (int attempt = 0; attempt < ATTEMPTS && taken.test(name); attempt++) {
            name = pick(random);
        }
        String free = name;
        for (int number = 2; taken.test(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static String pick(RandomGenerator random) {
        return ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + "-" + NOUNS.get(random.nextInt(NOUNS.size()));
    }
}
