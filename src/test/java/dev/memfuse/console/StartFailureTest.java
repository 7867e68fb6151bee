package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fx")
class StartFailureTest {
    private static final String SENTENCE = "The program failed (NoClassDefFoundError: dev/memfuse/Missing). The log has the details.";
    @TempDir
    private Path folder;

    @Test
    void aStartThatFailsWithAnErrorEndsAndShowsAWindowWithTheSentence() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StartFailureChild.class.getName(),
                folder.toString()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();

        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(child.waitFor(60, TimeUnit.SECONDS), output);
        assertEquals(List.of("failed: " + SENTENCE, "window: " + SENTENCE, "shown: true"), output.lines()
                .filter(line -> line.startsWith("failed: ") || line.startsWith("window: ")
                        || line.startsWith("shown: "))
                .toList(), output);
    }
}
