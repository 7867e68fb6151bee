package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in a real X window whose server dies. Needs Xvfb and GTK 3; run by name.
@Tag("slow")
class DisplayLossTest {
    private static final long LIMIT_SECONDS = 180;

    @TempDir
    private Path folder;

    private Path log() {
        return folder.resolve("data").resolve("logs").resolve("memfuse.log");
    }

    private String logged() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    private Process program(String display) throws IOException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent")
                        && !argument.startsWith("-Dglass.platform") && !argument.startsWith("-Djava.awt.headless"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.memfuse.Main", "--data-dir",
                folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("DISPLAY", display);
        return builder.start();
    }

    @Test
    void aProgramWhoseDisplayGoesAwayStoresWhatItHasAndEndsWithAReason() throws Exception {
        Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Process program = null;
        try {
            String number = server.inputReader(StandardCharsets.UTF_8).readLine();
            program = program(":" + number);
            long begin = System.nanoTime();
            while (!logged().contains("all pages built")) {
                assertTrue(program.isAlive() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS),
                        () -> "the window did not open");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }

            server.destroyForcibly();

            assertTrue(program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it does not end");
            assertEquals(1, program.exitValue());
            List<String> lines = logged().lines().toList();
            int reason = first(lines, "Window: The display is gone: its X server ended or closed the connection.");
            int postgres = first(lines, "PostgreSQL: the server on port");
            int engine = first(lines, "Engine: stopped");
            assertTrue(0 <= reason && reason < postgres && postgres < engine, String.join("\n", lines));
        } finally {
            server.destroyForcibly();
            if (program != null) {
                program.destroyForcibly();
            }
        }
    }

    /// Returns the number of the first line after the start of the engine with a text; -1 without one.
    private static int first(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text) && !lines.get(i).contains("started")) {
                return i;
            }
        }
        return -1;
    }
}
