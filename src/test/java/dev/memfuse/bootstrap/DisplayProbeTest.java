package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program on a machine that lacks something for the window, as a process of its own with other libraries.
class DisplayProbeTest {
    @TempDir
    private Path libraries;

    @Test
    void aMissingLibraryIsNamedWithItsPackageAlsoWhereADisplayIs() throws Exception {
        Files.createFile(libraries.resolve("libgtk-3.so.0"));

        String problem = problem(Map.of("DISPLAY", ":97", "LD_LIBRARY_PATH", libraries.toString()));

        assertTrue(problem.contains("libgtk-3.so.0"), problem);
        assertTrue(problem.contains("apt install libgtk-3-0"), problem);
        assertFalse(problem.contains("o display"), problem);
    }

    @Test
    void allMissingLibrariesAreNamedAtOnce() throws Exception {
        Files.createFile(libraries.resolve("libgtk-3.so.0"));
        Files.createFile(libraries.resolve("libXtst.so.6"));

        String problem = problem(Map.of("DISPLAY", ":97", "LD_LIBRARY_PATH", libraries.toString()));

        assertTrue(problem.contains("libgtk-3.so.0 and libXtst.so.6"), problem);
        assertTrue(problem.endsWith("apt install libgtk-3-0 libxtst6"), problem);
    }

    @Test
    void withoutADisplayThatIsTheProblem() throws Exception {
        assertEquals("No display found", problem(Map.of("LD_LIBRARY_PATH", libraries.toString())));
    }

    private static String problem(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), DisplayProbeChild.class.getName());
        program.environment().remove("DISPLAY");
        program.environment().putAll(environment);
        Process process = program.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().reduce((_, last) -> last).orElse("").strip();
    }
}
