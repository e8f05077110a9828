import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Takes the seal off the jars of a directory: `java Unseal.java DIR`. A JVM that starts from a cache of linked classes
/// (JEP 483) puts classes of a package into place before it reads the package's manifest, and then refuses the seal
/// ("sealing violation: already defined") and ends. Jars without a seal are left as they are.
final class Unseal {

    public static void main(String[] arguments) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            unseal(jar);
        }
    }

    private static void unseal(Path path) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null || manifest.getMainAttributes().remove(Attributes.Name.SEALED) == null) {
                return;
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(next), manifest)) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        JarEntry copy = new JarEntry(entry.getName());
                        copy.setTime(entry.getTime());
                        out.putNextEntry(copy);
                        try (InputStream bytes = jar.getInputStream(entry)) {
                            bytes.transferTo(out);
                        }
                    }
                }
            }
        }
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
