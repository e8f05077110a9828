package io.darsena.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.Set;

/// Spares tests the screen of JavaFX's headless platform. Windows are laid out, styled and drawn as ever; but each
/// frame
/// of theirs would then be copied to that screen, pixel by pixel with an object made for each, which took a third of
/// the tests' time. Nobody looks at it: what a robot would capture of it stays black.
final class UnseenScreen {

    private static final String PACKAGE = "com.sun.glass.ui.headless.";
    private static final Set<String> COPYING = Set.of("blit", "clearRect");

    private UnseenScreen() {}

    /// To be called before the first window is made; without that platform it does nothing.
    static void prepare() {
        if (!"Headless".equals(System.getProperty("glass.platform"))) {
            return;
        }
        try {
            Class<?> neighbour = Class.forName(PACKAGE + "HeadlessView");
            MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(withoutCopying(neighbour));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("JavaFX's headless platform is not what it was", changed);
        }
    }

    private static byte[] withoutCopying(Class<?> neighbour) {
        try (InputStream in = Objects.requireNonNull(neighbour.getResourceAsStream("HeadlessWindow.class"))) {
            ClassFile file = ClassFile.of();
            return file.transformClass(
                    file.parse(in.readAllBytes()),
                    ClassTransform.transformingMethods(UnseenScreen::copies, (method, element) -> {
                        if (element instanceof CodeModel) {
                            method.withCode(CodeBuilder::return_);
                        } else {
                            method.with(element);
                        }
                    }));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean copies(MethodModel method) {
        return COPYING.contains(method.methodName().stringValue());
    }
}
