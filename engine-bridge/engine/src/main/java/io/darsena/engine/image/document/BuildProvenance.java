package io.darsena.engine.image.document;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.engine.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What BuildKit states of a build (SLSA provenance v0.2 and v1, with BuildKit's own part as its
/// `slsa-definitions.md` has it): its steps, from which lines of a Dockerfile each came, and which layers were there
/// after it. Only a statement of `mode=max` tells of these; one of `mode=min` is read, too, and tells nothing.
public final class BuildProvenance {

    static final Set<String> PREDICATES = Set.of("https://slsa.dev/provenance/v0.2", "https://slsa.dev/provenance/v1");

    private static final String OWN_PART = "https://mobyproject.org/buildkit@v1#metadata";
    private static final List<String> IMAGES = List.of("docker-image://", "oci-layout://");
    private static final int MOST_STEPS = 20_000;
    private static final int MOST_LINES = 1_000_000;

    private final DockerfileSources sources;
    private final Map<String, Place> places = new HashMap<>();

    /// Steps that are images which others are built on.
    private final Set<String> bases = new HashSet<>();

    /// The layers that were there after a step, lowest first, in each form in which they were stored.
    private final Map<String, List<List<String>>> chains = new LinkedHashMap<>();

    /// What of which step is the image; empty where no steps are told.
    private String result = "";

    /// @param source in the statement's list of them
    private record Place(int source, int first, int last) {}

    private BuildProvenance(JsonObject own, List<JsonObject> steps) {
        Optional<JsonObject> source = own.optionalObject("source");
        sources = DockerfileSources.of(source.map(each -> each.objects("infos")).orElse(List.of()));
        source.flatMap(each -> each.optionalObject("locations"))
                .ifPresent(locations -> names(own, source.get(), "locations")
                        .forEach(step -> place(locations.object(step)).ifPresent(place -> places.put(step, place))));
        own.optionalObject("layers")
                .ifPresent(layers ->
                        names(own, own, "layers").forEach(output -> chains.put(output, chains(layers, output))));
        for (JsonObject step : steps) {
            if (isImage(step)) {
                bases.add(step.text("id"));
            }
        }
        if (!steps.isEmpty()) {
            result = steps.getLast().texts("inputs").stream().findFirst().orElse("");
        }
    }

    private static Set<String> names(JsonObject own, JsonObject object, String member) {
        Set<String> names = object.names(member);
        if (names.size() > MOST_STEPS) {
            throw own.wrong(
                    "'" + member + "' tells of " + names.size() + " steps; at most " + MOST_STEPS + " are read");
        }
        return names;
    }

    /// @param image the manifest that the statement is to be about
    /// @param document what error messages call it
    /// @return empty when it is another builder's, or another kind of statement
    /// @throws io.darsena.bridge.error.CorruptedException when it is about another image, or is not what
    /// BuildKit writes
    public static Optional<BuildProvenance> parse(byte[] bytes, Digest image, String document) {
        JsonObject statement = JsonObject.parse(bytes, document);
        if (!PREDICATES.contains(statement.textOrEmpty("predicateType"))) {
            return Optional.empty();
        }
        boolean about = statement.objects("subject").stream()
                .anyMatch(each -> image.hex().equals(each.textMap("digest").get("sha256")));
        if (!about) {
            throw statement.wrong("it is about another image than " + image);
        }
        JsonObject predicate = statement.object("predicate");
        Optional<JsonObject> definition = predicate.optionalObject("buildDefinition");
        return definition.isPresent() ? ofV1(predicate, definition.get()) : ofV02(predicate);
    }

    private static Optional<BuildProvenance> ofV1(JsonObject predicate, JsonObject definition) {
        return predicate
                .optionalObject("runDetails")
                .flatMap(details -> details.optionalObject("metadata"))
                .flatMap(metadata -> metadata.optionalObject("buildkit_metadata"))
                .map(own -> new BuildProvenance(
                        own,
                        definition
                                .optionalObject("internalParameters")
                                .flatMap(internal -> internal.optionalObject("buildConfig"))
                                .map(BuildProvenance::steps)
                                .orElse(List.of())));
    }

    private static Optional<BuildProvenance> ofV02(JsonObject predicate) {
        return predicate
                .optionalObject("metadata")
                .flatMap(metadata -> metadata.optionalObject(OWN_PART))
                .map(own -> new BuildProvenance(
                        own,
                        predicate
                                .optionalObject("buildConfig")
                                .map(BuildProvenance::steps)
                                .orElse(List.of())));
    }

    private static List<JsonObject> steps(JsonObject config) {
        return config.objects("llbDefinition");
    }

    private static boolean isImage(JsonObject step) {
        return step.optionalObject("op")
                .flatMap(op -> op.optionalObject("Op"))
                .flatMap(op -> op.optionalObject("source"))
                .map(source -> source.textOrEmpty("identifier"))
                .filter(identifier -> IMAGES.stream().anyMatch(identifier::startsWith))
                .isPresent();
    }

    /// A step that several instructions share has a place for each; the first one counts. Of an instruction
    /// of several lines each may be a range of its own.
    private static Optional<Place> place(JsonObject step) {
        for (JsonObject location : step.objects("locations")) {
            List<JsonObject> ranges = location.objects("ranges");
            int first = Integer.MAX_VALUE;
            int last = 0;
            for (JsonObject range : ranges) {
                int start = line(range, "start");
                first = Math.min(first, start);
                last = Math.max(last, Math.max(start, line(range, "end")));
            }
            if (first >= 1 && last >= first && last <= MOST_LINES) {
                long source = location.optionalNumber("sourceIndex").orElse(0);
                return Optional.of(new Place((int) Math.clamp(source, -1, Integer.MAX_VALUE), first, last));
            }
        }
        return Optional.empty();
    }

    /// 0 where it is not told.
    private static int line(JsonObject range, String end) {
        long line = range.optionalObject(end)
                .map(position -> position.optionalNumber("line").orElse(0))
                .orElse(0L);
        return (int) Math.clamp(line, 0, Integer.MAX_VALUE);
    }

    private static List<List<String>> chains(JsonObject layers, String output) {
        return layers.objectLists(output).stream()
                .map(chain -> chain.stream().map(each -> each.text("digest")).toList())
                .toList();
    }

    /// From which lines each layer came.
    ///
    /// @param layers of the image by the digests of their blobs, lowest first
    /// @return as many
    public List<Optional<DockerfileLines>> lines(List<Digest> layers) {
        List<String> image = recorded(layers.stream().map(Digest::toString).toList());
        LayerMakers makers = new LayerMakers(image, bases);
        chains.forEach((output, stored) -> {
            String step = output.substring(0, Math.max(0, output.lastIndexOf(':')));
            if (places.containsKey(step)) {
                stored.forEach(chain -> makers.add(step, chain));
            }
        });
        return makers.found().stream().map(maker -> maker.flatMap(this::lines)).toList();
    }

    /// The image's layers as the builder knew them. On the way out of it they may have been compressed
    /// anew, or their times set: then they have other digests, and are the same by their places.
    private List<String> recorded(List<String> layers) {
        List<List<String>> results = chains.getOrDefault(result, List.of());
        return results.contains(layers)
                ? layers
                : results.stream()
                        .filter(each -> each.size() == layers.size())
                        .findFirst()
                        .orElse(layers);
    }

    private Optional<DockerfileLines> lines(String step) {
        return Optional.ofNullable(places.get(step))
                .flatMap(place -> sources.lines(place.source(), place.first(), place.last(), bases.contains(step)));
    }
}
