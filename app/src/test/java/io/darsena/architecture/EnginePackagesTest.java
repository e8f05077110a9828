package io.darsena.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.darsena.architecture.DarsenaClasses.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the engine's packages to the table in `docs/architecture.md`: what the document says is what is tested.
class EnginePackagesTest {

    private static final String ENGINE = "io.darsena.engine";
    private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");
    private static final Pattern ROW = Pattern.compile("^\\| `engine\\.?([\\w.]*)` \\| ([^|]*) \\|.*");

    @Test
    void theEnginesPackagesUseOnlyWhatTheTableGrantsThem() throws IOException {
        Map<String, Set<String>> granted = table();
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : PRODUCTION) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = type.getPackageName();
                String to = dependency.getTargetClass().getPackageName();
                if (isEngine(from) && isEngine(to) && !from.equals(to)) {
                    used.computeIfAbsent(shortName(from), _ -> new TreeSet<>()).add(shortName(to));
                }
            }
        }
        used.forEach((from, targets) -> assertThat(granted.getOrDefault(from, Set.of()))
                .as("packages that engine.%s may use; a new arrow belongs into the table of %s first", from, DOCUMENT)
                .containsAll(targets));
    }

    @Test
    void theTableNamesThePackagesThereAre() throws IOException {
        Set<String> existing = PRODUCTION.stream()
                .map(JavaClass::getPackageName)
                .filter(EnginePackagesTest::isEngine)
                .map(EnginePackagesTest::shortName)
                .collect(Collectors.toSet());
        assertThat(table().keySet()).as("rows of the table in %s", DOCUMENT).containsAll(existing);
    }

    @Test
    void theEnginesPackagesFormNoCircle() {
        slices().matching(ENGINE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("packages in a circle are one package: none of them can be understood or tested alone")
                .check(PRODUCTION);
    }

    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> targets = Arrays.stream(row.group(2).split(","))
                        .map(target -> target.replace("`", "").strip())
                        .filter(target -> !target.equals("–"))
                        .collect(Collectors.toSet());
                table.put(row.group(1), targets);
            }
        }
        return table;
    }

    private static boolean isEngine(String packageName) {
        return packageName.equals(ENGINE) || packageName.startsWith(ENGINE + ".");
    }

    private static String shortName(String packageName) {
        return packageName.equals(ENGINE) ? "" : packageName.substring(ENGINE.length() + 1);
    }
}
