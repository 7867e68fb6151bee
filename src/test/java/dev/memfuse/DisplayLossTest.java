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

/// The program in a real X window whose server dies, or which another X client destroys. Needs Xvfb, xdotool and GTK 3;
/// run by name.
@Tag("slow")
class DisplayLossTest {
    private static final long LIMIT_SECONDS = 180;
    private static final String GONE = "Window: The display is gone: its X server ended or closed the connection.";

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

    /// A display with a program whose window is open.
    private record Open(Process server, String display, Process program) implements AutoCloseable {
        @Override
        public void close() {
            server.destroyForcibly();
            program.destroyForcibly();
        }
    }

    private Open open() throws IOException {
        Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String display = ":" + server.inputReader(StandardCharsets.UTF_8).readLine();
        Open open = new Open(server, display, program(display));
        long begin = System.nanoTime();
        while (!logged().contains("all pages built")) {
            assertTrue(open.program().isAlive() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS),
                    () -> "the window did not open");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return open;
    }

    /// Takes a command of another X client on the window.
    private static void client(Open open, String command) throws IOException, InterruptedException {
        ProcessBuilder tool = new ProcessBuilder("xdotool", "search", "--name", "^MemFuse Console$", command);
        tool.environment().put("DISPLAY", open.display());
        assertEquals(0, tool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor());
    }

    private void assertEndsInOrder(Open open, int code, String sentence) throws Exception {
        assertTrue(open.program().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it does not end");
        assertEquals(code, open.program().exitValue());
        List<String> lines = logged().lines().toList();
        int reason = first(lines, sentence);
        int journal = first(lines, ", 0 entries are still to be stored");
        int postgres = first(lines, "PostgreSQL: the server on port");
        int engine = first(lines, "Engine: stopped");
        assertTrue(0 <= reason && reason < journal && journal < postgres && postgres < engine,
                String.join("\n", lines));
    }

    @Test
    void aProgramWhoseDisplayGoesAwayStoresWhatItHasAndEndsWithAReason() throws Exception {
        try (Open open = open()) {
            open.server().destroyForcibly();

            assertEndsInOrder(open, 1, GONE);
        }
    }

    @Test
    void aProgramWhoseConnectionAnotherClientCutsStoresWhatItHasAndEndsWithAReason() throws Exception {
        try (Open open = open()) {
            client(open, "windowkill");

            assertEndsInOrder(open, 1, GONE);
        }
    }

    @Test
    void aSignalAtTheMomentOfTheLossEndsTheProgramToo() throws Exception {
        try (Open open = open()) {
            open.program().destroy();
            open.server().destroyForcibly();

            assertTrue(open.program().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it does not end");
            assertTrue(logged().contains("Engine: stopped"), logged());
        }
    }

    @Test
    void aWindowThatAnotherClientDestroysCountsAsClosed() throws Exception {
        try (Open open = open()) {
            client(open, "windowclose");

            assertEndsInOrder(open, 0, "Window: Another program destroyed the window \"MemFuse Console\".");
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
