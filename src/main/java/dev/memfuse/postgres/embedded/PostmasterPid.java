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

/// What `postmaster.pid` says of the server that wrote it.
///
/// @param pid number of the process
/// @param cluster folder of the data
/// @param started when the server started, to the second
record PostmasterPid(long pid, String cluster, Instant started) {
    /// Above every process number a system gives out.
    private static final String NO_PROCESS = Integer.toString(Integer.MAX_VALUE);
    private static final int KILL_SECONDS = 10;
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /// Empty when there is no such file, or it was torn by a crash.
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

    /// Whether this very server is still alive. Process numbers are used again, so a living process with this number
    /// must also be a PostgreSQL, on this folder; where the system hides arguments, one started at that time.
    boolean isRunning() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ProcessHandle::info).filter(this::isThisServer)
                .isPresent();
    }

    private boolean isThisServer(ProcessHandle.Info process) {
        // A root without all capabilities sees the arguments of another account's process, but not its program.
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

    /// Kills this server and its helper processes, without a word and without mercy: only for data nobody wants.
    void kill() {
        if (isRunning()) {
            ProcessHandle.of(pid).ifPresent(server -> {
                List<ProcessHandle> helpers = server.descendants().toList();
                end(server);
                helpers.forEach(PostmasterPid::end);
            });
        }
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(KILL_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process).join();
    }

    /// Makes the note of a dead server harmless. Its process number may by now belong to somebody else, and PostgreSQL
    /// would refuse to start; but the rest of the note is how it finds helper processes that still use the data, so
    /// the file stays and only the number goes.
    static void disarm(Path cluster) throws IOException {
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
