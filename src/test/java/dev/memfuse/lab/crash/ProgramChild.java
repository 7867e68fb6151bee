package dev.memfuse.lab.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.memfuse.Main;

/// The program in a process of its own, in a session of its own: a test reads its lines and sends it signals. It does
/// not inherit that SIGINT is ignored, as in the background of a shell.
final class ProgramChild implements AutoCloseable {
    private static final long END_SECONDS = 90;

    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder seen = new StringBuilder();

    private ProgramChild(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts the program with a heap of 512 MiB.
    ///
    /// @param data its data folder
    /// @param arguments the command line, without the data folder
    static ProgramChild start(Path data, String... arguments) throws IOException {
        return start(data, "512m", Map.of(), arguments);
    }

    /// Starts the program.
    ///
    /// @param heap maximum size of its heap
    /// @param environment further variables
    static ProgramChild start(Path data, String heap, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx" + heap, "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("--data-dir", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ProgramChild(builder.start());
    }

    /// Runs a command to its end.
    static ProgramChild run(Path data, String... arguments) throws IOException, InterruptedException {
        ProgramChild child = start(data, arguments);
        int _ = child.awaitEnd();
        return child;
    }

    /// Reads lines until one contains a text.
    ///
    /// @return that line
    String awaitLine(String text) throws IOException {
        for (String line = next(); line != null; line = next()) {
            if (line.contains(text)) {
                return line;
            }
        }
        return fail("The program ended without \"" + text + "\":\n" + seen);
    }

    private String next() throws IOException {
        String line = lines.readLine();
        if (line != null) {
            seen.append(line).append('\n');
        }
        return line;
    }

    /// Sends a signal to the program, as `kill` does.
    void signal(String name) throws IOException, InterruptedException {
        signal(process.pid(), name);
    }

    /// Sends a signal to all processes of its group, as Ctrl+C in a terminal does.
    void signalGroup(String name) throws IOException, InterruptedException {
        signal(-process.pid(), name);
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        assertTrue(new ProcessBuilder("kill", "-" + name, "--", Long.toString(pid)).start()
                .waitFor(10, TimeUnit.SECONDS));
    }

    /// Reads the rest of its lines and waits for its end.
    ///
    /// @return the exit code
    int awaitEnd() throws IOException, InterruptedException {
        while (next() != null) {
            // The line is kept.
        }
        assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS), () -> "it does not end:\n" + seen);
        return process.exitValue();
    }

    int exitValue() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /// Returns what it printed so far, on both streams.
    String output() {
        return seen.toString();
    }

    /// Asserts that it printed no stack trace.
    void assertSentencesOnly() {
        assertTrue(seen.toString().lines().noneMatch(line -> line.startsWith("\tat ")
                || line.startsWith("Exception in thread")), seen::toString);
    }

    /// Returns the process of the database server in a data folder; 0 when its file is not there.
    static long postmaster(Path data) {
        Path file = data.resolve("cluster").resolve("postmaster.pid");
        try {
            return Files.exists(file) ? Long.parseLong(Files.readAllLines(file).getFirst().strip()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the process if it lives.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
