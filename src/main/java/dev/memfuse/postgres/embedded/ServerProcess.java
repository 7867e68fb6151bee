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

/// Starts and stops the server of one cluster by `pg_ctl`, which detaches it from our terminal: Ctrl-C reaches this
/// program only, and the server goes after the program has written out what it holds.
///
/// @param folder of the cluster
/// @param programs PostgreSQL's own
record ServerProcess(ServerFolder folder, ServerPrograms programs) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 20;
    private static final int IMMEDIATE_STOP_SECONDS = 5;
    private static final long LOG_LIMIT_BYTES = 10L << 20;

    /// Starts the server and waits until it accepts connections.
    ///
    /// @return empty when it runs; what the programs and the log said when it does not
    Optional<String> start() throws IOException {
        limitLog();
        long logged = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
        CommandRunner.Outcome outcome = control(START_SECONDS, "start", "--log=" + folder.log());
        return outcome.succeeded()
                ? Optional.empty()
                : Optional.of(outcome.output() + "\n" + StartFailure.tail(folder.log(), logged));
    }

    /// Stops the server, without waiting for its clients; if that takes too long, at once, which costs a recovery
    /// at the next start but no committed data.
    ///
    /// @return whether no server is left
    boolean stop() throws IOException {
        if (!isRunning()) {
            return true;
        }
        if (!control(STOP_SECONDS, "stop", "--mode=fast").succeeded() && isRunning()) {
            LOG.warn("PostgreSQL: the server in {} did not stop within {} s, stopping it at once", folder.root(),
                    STOP_SECONDS);
            control(IMMEDIATE_STOP_SECONDS, "stop", "--mode=immediate");
        }
        return !isRunning();
    }

    boolean isRunning() throws IOException {
        return PostmasterPid.read(folder.cluster()).map(PostmasterPid::isRunning).orElse(false);
    }

    /// Deals with the note of a server that is no more.
    void forgetDeadServer() throws IOException {
        if (Files.exists(PostmasterPid.file(folder.cluster()))) {
            LOG.info("PostgreSQL: the server in {} was not shut down last time; it recovers now", folder.root());
            PostmasterPid.disarm(folder.cluster());
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
