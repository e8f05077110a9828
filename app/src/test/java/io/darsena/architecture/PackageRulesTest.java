package io.darsena.architecture;

import static io.darsena.architecture.DarsenaClasses.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class PackageRulesTest {

    /// Words that say nothing of what a class is.
    private static final Pattern EMPTY_WORD = Pattern.compile(".*(Utils?|Helper|Manager|Impl|Info|Base)$");

    @Test
    void everyPackageSaysWhatItHoldsAndIsNullMarked() {
        Set<String> unmarked = PRODUCTION.stream()
                .map(JavaClass::getPackage)
                .filter(found -> found.getName().startsWith("io.darsena"))
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked)
                .as("packages without a @NullMarked package-info.java; a reader starts there, and NullAway does too")
                .isEmpty();
    }

    @Test
    void namesNameTheThing() {
        List<String> vague = PRODUCTION.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> EMPTY_WORD.matcher(name).matches())
                .toList();
        assertThat(vague)
                .as("a class called Helper or Manager gathers whatever has no home; say what the thing is")
                .isEmpty();
    }
}
