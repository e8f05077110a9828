package io.darsena.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;

/// The production classes of all modules, read once.
final class DarsenaClasses {

    static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(DarsenaClasses::isProduction)
            .importPackages("io.darsena");

    private DarsenaClasses() {}

    private static boolean isProduction(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
}
