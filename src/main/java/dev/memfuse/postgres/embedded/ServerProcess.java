package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.postgres.program.CommandRunner;
import dev.memfuse.postgres.program.ServerPrograms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops the server of a cluster by `pg_ctl`, which detaches it from the terminal: Ctrl-C ends this program
/// only, and the program stops the server after it has flushed its buffers.
///
/// @param folder folder of the server
/// @param programs PostgreSQL's programs
record ServerProcess(ServerFolder folder, ServerPrograms programs) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 20;
    private static final int IMMEDIATE_STOP_SECONDS = 5;
    private static final long LOG_LIMIT_BYTES = 10L << 20;

    /// Starts the server and waits until it accepts connections.
    ///
    /// @return output of the programs and end of the log when the start failed; empty when the server runs
    Optional<String> start() throws IOException {
        limitLog();
        long logged = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
        CommandRunner.Outcome outcome = control(START_SECONDS, "start", "--log=" + folder.log());
        return outcome.succeeded()
                ? Optional.empty()
                : Optional.of(outcome.output() + "\n" + StartFailure.tail(folder.log(), logged));
    }

    /// Stops the server by a fast shutdown, after 20 s by an immediate one, which requires a recovery at the next start
    /// but loses no committed data.
    ///
    /// @return whether the server has ended
    boolean stop() throws IOException {
        if (!isRunning()) {
            return true;
        }
        if (!control(STOP_SECONDS, "stop", "--mode=fast").succeeded() && isRunning()) {
            LOG.warn("PostgreSQL: the server in {} did not stop within {} s, running an immediate shutdown",
                    folder.root(),
                    STOP_SECONDS);
            control(IMMEDIATE_STOP_SECONDS, "stop", "--mode=immediate");
        }
        return !isRunning();
    }

    /// Returns whether the server runs.
    boolean isRunning() throws IOException {
        return PostmasterPid.read(folder.cluster()).map(PostmasterPid::isRunning).orElse(false);
    }

    /// Invalidates the process id that a dead server left in its file.
    void invalidatePidFile() throws IOException {
        if (Files.exists(PostmasterPid.file(folder.cluster()))) {
            LOG.info("PostgreSQL: the server in {} was not shut down; it recovers now", folder.root());
            PostmasterPid.invalidate(folder.cluster());
        }
    }

    private CommandRunner.Outcome control(int seconds, String action, String option) throws IOException {
        return programs.run(Duration.ofSeconds(seconds + 5L), "pg_ctl",
                List.of(action, "--wait", "--timeout=" + seconds,
                        "--silent", "--pgdata=" + folder.cluster(), option));
    }

    private void limitLog() throws IOException {
        Path log = folder.log();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
