package io.darsena.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.darsena.architecture.DarsenaClasses.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.darsena.bridge",
                "io.darsena.runtime",
                "io.darsena.ui",
                "io.darsena.engine",
                "io.darsena.launch",
                "io.darsena.app"
            })
    void everyModuleIsSeen(String modulePackage) {
        assertThat(PRODUCTION.that(resideInAPackage(modulePackage + "..")))
                .as("a rule about classes that were not read would hold of nothing")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.darsena.bridge..", "io.darsena.runtime..", "io.darsena.ui.."})
    void theLowestModulesUseNoneOfTheOthers(String module) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(resideInAPackage("io.darsena..").and(not(resideInAPackage(module))))
                .because("the API, the native runtime and the resources are what everything else stands on: each can"
                        + " be understood, tested and replaced without the rest")
                .check(PRODUCTION);
    }

    @Test
    void theApiNeedsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("io.darsena.bridge..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "io.darsena.bridge..",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.io..",
                        "java.nio..",
                        "java.net..",
                        "java.math..",
                        "java.security..",
                        "java.text..",
                        "org.jspecify.annotations..")))
                .because("whoever talks to an engine, in process or from afar, must not inherit a library from it")
                .check(PRODUCTION);
    }

    @Test
    void theEngineKnowsNoWindowAndNoHttp() {
        noClasses()
                .that()
                .resideInAPackage("io.darsena.engine..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.darsena.docker..", "io.darsena.app..", "io.darsena.launch..", "javafx.."))
                .because("the engine runs without a display, and other programs embed it")
                .check(PRODUCTION);
    }

    @Test
    void launchingNeedsNoWindow() {
        noClasses()
                .that()
                .resideInAPackage("io.darsena.launch..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.darsena.app..", "io.darsena.ui..", "javafx.."))
                .because("servers and benchmarks start an engine where there is no JavaFX")
                .check(PRODUCTION);
    }

    @Test
    void theWindowSeesTheEngineThroughItsApiOnly() {
        noClasses()
                .that(resideInAPackage("io.darsena.app..").and(not(resideInAPackage("io.darsena.app.main.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.darsena..")
                        .and(not(resideInAnyPackage("io.darsena.app..", "io.darsena.bridge..", "io.darsena.ui.."))))
                .because("the same window shows the engine in this process, a fake one in tests and a remote one")
                .check(PRODUCTION);
    }

    @Test
    void onlyMainWiresAnEngineToTheWindow() {
        noClasses()
                .that()
                .resideInAPackage("io.darsena.app.main..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.darsena.engine..", "io.darsena.runtime..", "io.darsena.docker.."))
                .because("main asks launch for an engine; which implementation that is, launch alone decides")
                .check(PRODUCTION);
    }

    @Test
    void theEngineTellsOnlyOfReductionsThatTheWindowHasWordsFor() {
        noClasses()
                .that()
                .resideInAPackage("io.darsena.engine..")
                .should()
                .callConstructor(Reduction.class, String.class, String.class, String.class)
                .because("a Lack has its words in both languages, which a test sees to; a text may have none")
                .check(PRODUCTION);
    }
}
