package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.memfuse.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapCheckTest {
    @TempDir
    private Path folder;

    /// The heap is -Xmx; with a collector that keeps a part for itself, the program sees less.
    @ParameterizedTest
    @CsvSource({"-Xmx64m,-XX:+UseSerialGC", "-Xmx8m,-XX:+UseSerialGC", "-Xmx96m,-XX:+UseZGC"})
    void aHeapThatIsTooSmallIsRefusedBeforeAnythingStarts(String heap, String collector) throws Exception {
        long begin = System.nanoTime();
        String output = run(heap, collector, "load", "--ephemeral", "--duration", "1s", "--data-dir",
                folder.toString());

        assertTrue(output.contains("-Xmx1g"), output);
        assertFalse(output.contains("\tat "), output);
        assertFalse(output.contains("Creating the database"), output);
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20), output);
    }

    @Test
    void commandsWithoutAnEngineNeedLittle() throws Exception {
        assertTrue(
                run("-Xmx24m", "-XX:+UseSerialGC", "profiles", "--data-dir", folder.toString()).contains("optimized"));
    }

    @Test
    void theSentenceNamesBothSizes() {
        assertEquals(Optional.empty(), HeapCheck.problem(128L << 20));
        assertTrue(HeapCheck.problem(64L << 20).orElseThrow()
                .startsWith("The heap of 64 MiB is too small for the engine, which needs at least 128 MiB."));
    }

    private static String run(String heap, String collector, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap, collector,
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(List.of(arguments).contains("profiles") ? 0 : 1, process.waitFor(), output);
        return output;
    }
}
