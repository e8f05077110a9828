package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.text.Phrasebook.Kind;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.error.ConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the Italian catalogue to the sources: whatever they can say of a failure is in it, and nothing else is.
class EnginePhrasesTest {

    private static final Path HOME = Path.of("..");

    private static final List<Path> JAVA = Stream.of(
                    "engine-bridge/api/src/main/java",
                    "engine-bridge/engine/src/main/java",
                    "engine-bridge/docker/src/main/java/io/darsena/docker/client",
                    "engine-bridge/launch/src/main/java/io/darsena/launch",
                    "native-runtime/src/main/java",
                    "app/src/main/java")
            .map(HOME::resolve)
            .toList();

    /// Where nothing is said to a person of the window: what only a mistake of ours brings about, command lines,
    /// benchmarks, made-up engines.
    private static final Set<String> UNHEARD_FOLDERS = Set.of("seccomp", "protocol", "tour", "main", "text", "action");

    private static final Pattern UNHEARD_FILES = Pattern.compile("/launch/(?:\\w*Bench\\w*|KernelFloor)\\.java$");

    /// Of darsena-runtime: what an engine asks it wrongly.
    private static final Set<String> UNHEARD_C = Set.of(
            "request.c",
            "frame.c",
            "host.c",
            "host_requests.c",
            "archive.c",
            "archive_plan.c",
            "clients.c",
            "job.c",
            "pin.c",
            "parked.c");

    private static final Phrasebook ITALIAN = Phrasebook.in(Locale.ITALIAN);
    private static final Set<Said> SAID = new LinkedHashSet<>();
    private static final Set<String> UNTRANSLATED = new TreeSet<>();

    @BeforeAll
    static void readTheSources() throws IOException {
        SAID.addAll(JavaPhrases.in(
                JAVA,
                file -> !UNHEARD_FOLDERS.contains(folder(file))
                        && !UNHEARD_FILES.matcher(file.toString()).find()));
        SAID.addAll(CPhrases.in(
                HOME.resolve("native-runtime/src/main/c"),
                file -> !UNHEARD_C.contains(file.getFileName().toString())));
        SAID.addAll(particulars());
        try (InputStream list = EnginePhrasesTest.class.getResourceAsStream("untranslated.txt")) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(UNTRANSLATED::add);
        }
    }

    private static String folder(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }

    /// Every refusal that the state table can give to a request.
    private static Stream<Said> refusals() {
        return Stream.of(
                        Trigger.START,
                        Trigger.PAUSE,
                        Trigger.RESUME,
                        Trigger.STOP,
                        Trigger.KILL,
                        Trigger.RESTART,
                        Trigger.REMOVE)
                .flatMap(trigger -> Stream.of(ContainerStatus.values())
                        .filter(status -> Lifecycle.target(status, trigger).isEmpty())
                        .map(status -> LifecycleRefusal.of(trigger, "web-1", status)))
                .flatMap(EnginePhrasesTest::parts);
    }

    private static Stream<Said> parts(ConflictException refusal) {
        return Stream.of(
                new Said(Kind.OPERATION, refusal.operation(), "Lifecycle"),
                new Said(Kind.SENTENCE, refusal.reason(), "Lifecycle"),
                new Said(Kind.SENTENCE, refusal.remedy(), "Lifecycle"));
    }

    /// What stands in no source as it is said: states, and what the runtime puts together.
    private static List<Said> particulars() {
        List<Said> all = new ArrayList<>(refusals().toList());
        for (String each : List.of(
                "there is no user '◌' in the image",
                "there is no group '◌' in the image",
                "◌ (hint: ◌)",
                "extract ◌: ◌",
                "extract the layer: ◌",
                "decode the layer: ◌",
                "read the layer's tar: ◌",
                "read ◌: ◌",
                "read an extended header of the layer's tar: ◌",
                "start first process (signal ◌): it was killed before it could execute the command")) {
            all.add(new Said(Kind.SENTENCE, each, "darsena-runtime"));
        }
        for (String owner : List.of("container", "image")) {
            all.add(new Said(Kind.SUBJECT, "/◌ of " + owner + " ◌", "TreeFiles"));
        }
        return all;
    }

    @Test
    void everyPhraseOfTheSourcesIsSaidInItalian() {
        Set<String> missing = SAID.stream()
                .filter(said -> !UNTRANSLATED.contains(said.text()))
                .filter(said -> ITALIAN.translate(said.kind(), said.sample()).isEmpty())
                .map(said -> said.kind() + " " + said.text() + "   (" + said.place() + ")")
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing)
                .as("phrases that engine_it.po has to have, or untranslated.txt with the reason why not")
                .isEmpty();
    }

    @Test
    void whatAnEngineFillsInStandsInTheItalianToo() {
        for (Said said : SAID) {
            ITALIAN.translate(said.kind(), said.sample())
                    .ifPresent(italian -> IntStream.range(0, said.holes())
                            .forEach(hole -> assertThat(italian).as(said.text()).contains(Said.mark(hole))));
        }
    }

    @Test
    void nothingIsTranslatedThatNobodySays() {
        Set<Phrase> unsaid = ITALIAN.phrases();
        SAID.forEach(said -> hear(said.kind(), said.sample(), unsaid));
        assertThat(unsaid).as("phrases of engine_it.po that no source says").isEmpty();
        Set<String> texts = SAID.stream().map(Said::text).collect(Collectors.toSet());
        assertThat(UNTRANSLATED.stream().filter(text -> !texts.contains(text)))
                .as("lines of untranslated.txt that no source says")
                .isEmpty();
    }

    /// Takes from `unsaid` what is said here, and what is said within it.
    static void hear(Kind kind, String said, Set<Phrase> unsaid) {
        ITALIAN.fitting(kind, said).ifPresent(phrase -> {
            unsaid.remove(phrase);
            phrase.inner(said).forEach(inner -> hear(Kind.SENTENCE, inner, unsaid));
        });
    }
}
