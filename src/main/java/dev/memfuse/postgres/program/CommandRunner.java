package dev.memfuse.postgres.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.background.BackgroundThreads;

/// Runs a program to its end and returns its output.
public final class CommandRunner {
    private CommandRunner() {}

    /// Result of a program.
    ///
    /// @param exitCode exit code; [#TIMED_OUT] when it was killed after the time limit
    /// @param output standard output and standard error
    public record Outcome(int exitCode, String output) {
        static final int TIMED_OUT = -1;

        /// Returns whether the exit code is 0.
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /// Runs a program and waits for its end.
    ///
    /// @param workingDirectory a folder that the program's account may enter
    /// @param limit time after which it is killed
    /// @throws IOException when the program cannot be started or the wait is interrupted
    static Outcome run(List<String> command, Path workingDirectory, Duration limit) throws IOException {
        var builder = new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
        // PGPORT, PGDATA, PGPASSWORD and the like of the environment refer to other servers.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        var output = new CompletableFuture<String>();
        BackgroundThreads.virtual("engine-postgres-output").start(() -> output.complete(drain(process)));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Outcome(Outcome.TIMED_OUT, await(output));
            }
            return new Outcome(process.exitValue(), await(output));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command.getFirst(), e);
        }
    }

    private static String drain(Process process) {
        try (InputStream in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /// Returns the output after a short wait: on Windows the server inherits the pipe of `pg_ctl start`, which then
    /// stays open.
    private static String await(CompletableFuture<String> output) throws InterruptedException {
        try {
            return output.get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }
}
