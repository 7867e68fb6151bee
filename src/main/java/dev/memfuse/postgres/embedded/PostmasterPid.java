package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Contents of `postmaster.pid`, which identifies the server that wrote it.
///
/// @param pid id of the process
/// @param cluster data directory
/// @param started start time, to the second
record PostmasterPid(long pid, String cluster, Instant started) {
    /// Larger than any process id of a system.
    private static final String NO_PROCESS = Integer.toString(Integer.MAX_VALUE);
    private static final int KILL_SECONDS = 10;
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    /// Returns the file in a data directory.
    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /// Reads the file of a data directory; empty when it is missing or incomplete.
    static Optional<PostmasterPid> read(Path cluster) throws IOException {
        if (!Files.exists(file(cluster))) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file(cluster), StandardCharsets.UTF_8);
        try {
            long pid = Math.abs(Long.parseLong(lines.get(0).strip()));
            Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return Optional.of(new PostmasterPid(pid, lines.get(1).strip(), started));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /// Returns process id and start second as one line, which [#parse] reads.
    String format() {
        return pid + " " + started.getEpochSecond();
    }

    /// @param line written by [#format]
    static PostmasterPid parse(String line, Path cluster) {
        String[] parts = line.split(" ", -1);
        return new PostmasterPid(Long.parseLong(parts[0]), cluster.toString(),
                Instant.ofEpochSecond(Long.parseLong(parts[1])));
    }

    /// Returns whether this server runs. Systems reuse process ids, so the process must also be a PostgreSQL server
    /// with this data directory or, where the system hides the arguments, one with this start time.
    boolean isRunning() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ProcessHandle::info).filter(this::isThisServer)
                .isPresent();
    }

    private boolean isThisServer(ProcessHandle.Info process) {
        // Root without all capabilities can read the arguments of another account's process, but not its program.
        if (process.arguments().isPresent()) {
            return Arrays.asList(process.arguments().get()).contains(cluster)
                    && process.command().map(PostmasterPid::isPostgres).orElse(true);
        }
        return process.command().map(PostmasterPid::isPostgres).orElse(false)
                && process.startInstant().map(this::isNearStart).orElse(true);
    }

    private static boolean isPostgres(String command) {
        Path name = Path.of(command).getFileName();
        return name != null && name.toString().startsWith("postgres");
    }

    private boolean isNearStart(Instant other) {
        return Duration.between(started, other).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }

    /// Kills this server and its child processes without a shutdown: only for data that is deleted afterwards, and for
    /// a server that reacts to nothing else. What was committed is recovered by the next start.
    void kill() {
        if (isRunning()) {
            ProcessHandle.of(pid).ifPresent(server -> {
                List<ProcessHandle> children = server.descendants().toList();
                terminate(server);
                children.forEach(PostmasterPid::terminate);
            });
        }
    }

    private static void terminate(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(KILL_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process).join();
    }

    /// Replaces the process id in the file of a dead server. Another process may have that id now, and PostgreSQL would
    /// refuse to start. The file remains, because PostgreSQL uses its other lines to find child processes that still
    /// use the data.
    static void invalidate(Path cluster) throws IOException {
        Path file = file(cluster);
        if (read(cluster).isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        var lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
        lines.set(0, NO_PROCESS);
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
