import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Reads the reports of a test run and prints how many tests of each kind passed, failed and were skipped, and why.
/// Run by `./darsena test` as a source file, so it needs nothing but the JDK. Exits with 1 when anything failed, and
/// also when a test class has left no report: a test that did not run has not passed.
///
/// usage: `java TestSummary.java [--ordinary REPORTS] [--machine REPORTS | --machine-only REPORTS] [--c-tests LOG]
/// [--filter NAME] [--images DIR] [--failed REASON]... CHECKOUT`
final class TestSummary {

    /// What a test shows, in the order of the table.
    enum Kind {
        UNIT("unit"),
        UNIT_C("unit, in C (checks)"),
        CONTRACT("contract"),
        PROPERTY("property (jqwik)"),
        GOLDEN("golden"),
        ARCHITECTURE("ArchUnit"),
        WINDOW("window (TestFX)"),
        WINDOW_KERNEL("window on the real engine"),
        KERNEL_ROOT("kernel, as root"),
        KERNEL_ORDINARY("kernel, as ordinary user"),
        KERNEL_MACHINE("kernel, on cgroup v2 alone"),
        HOUSE("build and format");

        final String title;

        Kind(String title) {
            this.title = title;
        }

        /// The kind of a test class, from its name and from what its source uses.
        static Kind of(String className, String method, String source, boolean root) {
            boolean usesWindow = source.contains("org.testfx") || source.contains("javafx.");
            if (className.endsWith("IT")) {
                return usesWindow && root ? WINDOW_KERNEL : root ? KERNEL_ROOT : KERNEL_ORDINARY;
            }
            if (source.contains("com.tngtech.archunit")) {
                return ARCHITECTURE;
            }
            if (Pattern.compile("@Property\\b[^{]*?\\b" + Pattern.quote(method) + "\\(").matcher(source).find()) {
                return PROPERTY;
            }
            if (usesWindow) {
                return WINDOW;
            }
            var parents = Pattern.compile("\\bclass \\w+ (?:extends|implements) ([^{]*)\\{").matcher(source);
            if (className.endsWith("ContractTest") || parents.find() && parents.group(1).contains("Contract")) {
                return CONTRACT;
            }
            return className.contains("Golden") || source.contains("/cases") || source.contains("golden") ? GOLDEN : UNIT;
        }
    }

    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /// One test's outcome; a test that was skipped in one run and passed in another has passed.
    private record Result(Kind kind, String name, Outcome outcome, String reason) {}

    /// What came of one module's tests as one user of the emulated machine.
    private record MachineRun(String title, String seconds, int[] counts) {}

    private final Map<String, Result> results = new TreeMap<>();
    private final List<MachineRun> machineRuns = new ArrayList<>();
    private boolean machineOnly;
    private final Map<Kind, int[]> counts = new EnumMap<>(Kind.class);
    private final List<String> skipped = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final Set<String> reported = new HashSet<>();
    private final Map<String, String> sources = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        TestSummary summary = new TestSummary();
        Path ordinary = null;
        Path machine = null;
        boolean filtered = false;
        boolean images = false;
        int at = 0;
        for (; at < arguments.length - 1; at += 2) {
            switch (arguments[at]) {
                case "--ordinary" -> ordinary = Path.of(arguments[at + 1]);
                case "--machine", "--machine-only" -> {
                    machine = Path.of(arguments[at + 1]);
                    summary.machineOnly = arguments[at].endsWith("-only");
                }
                case "--c-tests" -> summary.readChecks(Path.of(arguments[at + 1]));
                case "--filter" -> filtered = true;
                case "--images" -> images = true;
                case "--failed" -> summary.count(Kind.HOUSE, Outcome.FAILED, arguments[at + 1], "");
                default -> throw new IllegalArgumentException("unknown option " + arguments[at]);
            }
        }
        Path checkout = Path.of(arguments[at]);
        summary.readSources(checkout);
        if (!images) {
            summary.forgetTestsOfImages();
        }
        if (!summary.machineOnly) {
            boolean root = "root".equals(System.getProperty("user.name"));
            for (Path report : files(checkout, "glob:**/target/surefire-reports/TEST-*.xml")) {
                summary.read(report, root, "");
            }
            summary.requireReports(filtered, "", "did not run");
        }
        if (ordinary != null) {
            summary.reported.clear();
            for (Path report : files(ordinary, "glob:**/TEST-*.xml")) {
                summary.read(report, false, "");
            }
            summary.requireReports(filtered, "IT", "did not run as ordinary user");
        }
        if (machine != null) {
            summary.readMachine(machine, filtered);
        }
        System.exit(summary.print() ? 0 : 1);
    }

    /// Where nobody names a folder of images, those tests have nothing to test.
    private void forgetTestsOfImages() {
        sources.values().removeIf(source -> source.contains("getProperty(\"darsena.test.images\""));
    }

    /// Below `machine` lies a directory for each user, and in it one for each module: reports, and how long it took.
    private void readMachine(Path machine, boolean filtered) throws Exception {
        sources.keySet().removeIf(name -> name.startsWith("io.darsena.app.")); // windows stay away from it
        forgetTestsOfImages(); // and so do images
        List<Path> users;
        try (Stream<Path> entries = Files.list(machine)) {
            users = entries.sorted().toList();
        }
        for (Path user : users) {
            reported.clear();
            for (Path seconds : files(user, "glob:**/seconds")) {
                Path module = seconds.getParent();
                int[] run = new int[Outcome.values().length];
                for (Path report : files(module, "glob:**/TEST-*.xml")) {
                    read(report, false, user.getFileName() + ": ").forEach(result -> run[result.outcome().ordinal()]++);
                }
                machineRuns.add(new MachineRun(
                        user.getFileName() + " " + user.relativize(module), Files.readString(seconds).strip(), run));
            }
            requireReports(filtered, "IT", "did not run on the machine as " + user.getFileName());
        }
    }

    private static List<Path> files(Path top, String glob) throws IOException {
        var matcher = top.getFileSystem().getPathMatcher(glob);
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(matcher::matches).sorted().toList();
        }
    }

    private void readSources(Path checkout) throws IOException {
        Pattern place = Pattern.compile(".*/src/test/java/(.*)\\.java");
        for (Path file : files(checkout, "glob:**/src/test/java/**.java")) {
            var match = place.matcher(file.toString());
            if (match.matches() && !file.toString().contains("/target/")) {
                sources.put(match.group(1).replace('/', '.'), Files.readString(file));
            }
        }
    }

    /// @param machine which user of the emulated machine the report is from, or empty
    private List<Result> read(Path report, boolean root, String machine) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        List<Result> read = new ArrayList<>();
        NodeList cases = factory.newDocumentBuilder().parse(report.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String className = sourceName(test.getAttribute("classname").replaceAll("\\$.*", ""));
            reported.add(className);
            Kind kind = machine.isEmpty()
                    ? Kind.of(className, test.getAttribute("name"), sources.getOrDefault(className, ""), root)
                    : Kind.KERNEL_MACHINE;
            String name = machine + className.replaceAll(".*\\.", "") + "." + test.getAttribute("name");
            Element skip = child(test, "skipped");
            Element problem = child(test, "failure") == null ? child(test, "error") : child(test, "failure");
            Result result = problem != null
                    ? new Result(kind, name, Outcome.FAILED, reason(problem))
                    : skip != null
                            ? new Result(kind, name, Outcome.SKIPPED, reason(skip))
                            : new Result(kind, name, Outcome.PASSED, "");
            read.add(result);
            String key = kind + " " + className + " " + name;
            results.merge(key, result, (one, other) -> weight(one) >= weight(other) ? one : other);
        }
        return read;
    }

    /// jqwik reports classes without their package.
    private String sourceName(String className) {
        return className.contains(".")
                ? className
                : sources.keySet().stream()
                        .filter(name -> name.endsWith("." + className))
                        .findFirst()
                        .orElse(className);
    }

    /// The C test programs each print one line: `NAME: …, N checks, M failed`.
    private void readChecks(Path log) throws IOException {
        Pattern result = Pattern.compile("(\\w+): .*?(\\d+) checks, (\\d+) failed");
        for (String line : Files.readAllLines(log)) {
            var match = result.matcher(line);
            if (match.find()) {
                int failures = Integer.parseInt(match.group(3));
                for (int i = 0; i < failures; i++) {
                    count(Kind.UNIT_C, Outcome.FAILED, match.group(1), "see the lines above");
                }
                counts.computeIfAbsent(Kind.UNIT_C, kind -> new int[Outcome.values().length])[Outcome.PASSED.ordinal()] +=
                        Integer.parseInt(match.group(2)) - failures;
            }
        }
    }

    private static int weight(Result result) {
        return switch (result.outcome()) {
            case FAILED -> 2;
            case PASSED -> 1;
            case SKIPPED -> 0;
        };
    }

    private static Element child(Element test, String name) {
        return (Element) test.getElementsByTagName(name).item(0);
    }

    private static String reason(Element element) {
        String message = element.getAttribute("message");
        if (message.isBlank()) {
            message = element.getTextContent();
        }
        String first = message.strip().lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
        return first.replaceFirst("^(org\\.opentest4j\\.TestAbortedException: )?(Assumption failed: )?", "");
    }

    /// A test class without a report crashed or was never found. Abstract classes and interfaces have none of their own.
    private void requireReports(boolean filtered, String suffix, String complaint) {
        if (filtered) {
            return;
        }
        Pattern test = Pattern.compile("(Test|IT|Properties)$");
        new TreeMap<>(sources).forEach((name, source) -> {
            String simple = name.replaceAll(".*\\.", "");
            boolean concrete = Pattern.compile("(?m)^(?!.*abstract).*\\bclass " + simple + "\\b").matcher(source).find();
            if (concrete && test.matcher(name).find() && name.endsWith(suffix) && !reported.contains(name)) {
                count(Kind.HOUSE, Outcome.FAILED, simple, complaint);
            }
        });
    }

    private void count(Kind kind, Outcome outcome, String name, String reason) {
        counts.computeIfAbsent(kind, _ -> new int[Outcome.values().length])[outcome.ordinal()]++;
        String line = "  " + kind.title + ": " + name + (reason.isEmpty() ? "" : ": " + reason);
        switch (outcome) {
            case FAILED -> failed.add(line);
            case SKIPPED -> skipped.add(line);
            case PASSED -> {}
        }
    }

    private boolean print() {
        results.values().forEach(result -> count(result.kind(), result.outcome(), result.name(), result.reason()));
        System.out.printf("%n%-28s %8s %8s %8s%n", "", "passed", "failed", "skipped");
        int[] total = new int[Outcome.values().length];
        for (Kind kind : Kind.values()) {
            int[] row = counts.getOrDefault(kind, new int[Outcome.values().length]);
            if (counts.containsKey(kind) || kind != Kind.HOUSE && !machineOnly) {
                System.out.printf("%-28s %8d %8d %8d%n", kind.title, row[0], row[1], row[2]);
            }
            for (int i = 0; i < total.length; i++) {
                total[i] += row[i];
            }
        }
        if (!machineRuns.isEmpty()) {
            System.out.printf("%n%-28s %8s %8s %8s %8s%n", "on the machine", "passed", "failed", "skipped", "seconds");
            machineRuns.forEach(run -> System.out.printf(
                    "%-28s %8d %8d %8d %8s%n",
                    run.title(), run.counts()[0], run.counts()[1], run.counts()[2], run.seconds()));
        }
        list("Skipped:", skipped);
        list("Failed:", failed);
        System.out.printf("%n%d passed, %d failed, %d skipped%n", total[0], total[1], total[2]);
        return total[1] == 0 && total[0] > 0;
    }

    private static void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            System.out.println();
            System.out.println(title);
            lines.forEach(System.out::println);
        }
    }
}
