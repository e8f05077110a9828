package io.darsena.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.darsena.architecture.DarsenaClasses.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WindowRulesTest {

    @Test
    void viewModelsHoldNoNodes() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
                .because("what a screen shows and does must be testable without a screen: javafx.beans and"
                        + " javafx.collections are enough for that")
                .check(PRODUCTION);
    }

    @Test
    void oneClassHopsToTheFxThread() {
        Set<String> hopping = PRODUCTION.stream()
                .filter(type -> type.getCodeUnitAccessesFromSelf().stream().anyMatch(WindowRulesTest::hops))
                .map(WindowRulesTest::topLevel)
                .collect(Collectors.toSet());
        assertThat(hopping)
                .as("events reach the FX thread through one pump, which batches them; a second way in would bring"
                        + " them out of order and could flood the thread")
                .hasSize(1);
    }

    /// Calls and method references alike.
    private static boolean hops(JavaCodeUnitAccess<?> access) {
        return access.getTargetOwner().getName().equals("javafx.application.Platform")
                && access.getTarget().getName().equals("runLater");
    }

    private static String topLevel(JavaClass type) {
        return type.getEnclosingClass().map(WindowRulesTest::topLevel).orElse(type.getName());
    }
}
