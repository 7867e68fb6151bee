package dev.memfuse.load.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.ProcessEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process of the program's own `java` and class path for a load generator. The program talks to it over its standard
/// input and output, so that no port is open and nothing is on its command line; it inherits no environment beyond what
/// a JVM needs, so no password either. Thread-safe.
final class GeneratorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GeneratorProcess.class);
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "TMPDIR", "TMP", "TEMP", "TZ", "SystemRoot",
            "LD_LIBRARY_PATH");
    private static final long END_SECONDS = 2;
    private static final int SIGNALS = 128;
    private static final Set<Integer> REQUESTS = Set.of(1, 2, 15);
    private static final int MIB_BITS = 20;

    private final Process process;
    private volatile String lastWords = "";

    private GeneratorProcess(Process process) {
        this.process = process;
    }

    /// Starts the process.
    ///
    /// @throws IllegalStateException when it cannot be started; the message is for the user
    static GeneratorProcess start() {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().keySet().retainAll(INHERITED);
        try {
            GeneratorProcess started = new GeneratorProcess(builder.start());
            BackgroundThreads.platform("load-generator-log").start(started::readLog);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(String.format(Locale.ROOT,
                    "The process of the load generator could not be started: %s. A load without --generator process "
                            + "runs in this process.",
                    e.getMessage()), e);
        }
    }

    /// The same limit of the heap, since the conversations would fit into that of this process as well.
    private static List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (Runtime.getRuntime().maxMemory() >> MIB_BITS) + "m", "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-classpath", System.getProperty("java.class.path"), GeneratorMain.class.getName());
    }

    private void readLog() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    lastWords = line.strip();
                    LOG.info("Load: the generator's process writes: {}", lastWords);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("Load: the output of the generator's process ended: {}", e.getMessage());
        }
    }

    Process process() {
        return process;
    }

    /// Returns whether the process ended by a signal with which a person or the system ends programs: SIGHUP, SIGINT
    /// or SIGTERM. Waits for its end for a short time.
    boolean endedByRequest() throws InterruptedException {
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && REQUESTS.contains(process.exitValue() - SIGNALS);
    }

    /// Returns how the process ended, as the end of a sentence. Waits for its end for a short time.
    String describeEnd() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            return "closed its channel";
        }
        int code = process.exitValue();
        String how = code > SIGNALS
                ? String.format(Locale.ROOT, "was killed by signal %d", code - SIGNALS)
                : String.format(Locale.ROOT, "ended with exit code %d", code);
        return lastWords.isEmpty() ? how : how + " (\"" + lastWords + "\")";
    }

    /// Ends the process: it ends by itself when its channel is closed, and is killed when it does not.
    @Override
    public void close() {
        ProcessEnd.awaitOrKill(process, Duration.ofSeconds(END_SECONDS));
    }
}
