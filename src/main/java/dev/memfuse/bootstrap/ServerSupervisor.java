package dev.memfuse.bootstrap;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.program.ServerStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Marks the loss and the return of the database in the metrics. Restarts an embedded server that ended, once a second
/// until the database is reachable. Does not restart external servers. Held by the [EngineStack]. Thread-safe.
final class ServerSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSupervisor.class);

    private static final long BACK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Optional<EmbeddedServer> server;
    private final MetricsHub metrics;
    private final ScheduledExecutorService thread = BackgroundThreads.timer("engine-revival", Duration.ofMinutes(1));
    private volatile boolean lost;

    /// @param server the embedded server, or empty for an external server
    ServerSupervisor(Optional<EmbeddedServer> server, MetricsHub metrics) {
        this.server = server;
        this.metrics = metrics;
        thread.scheduleWithFixedDelay(this::restartServer, 1, 1, TimeUnit.SECONDS);
    }

    /// Called when the engine loses or regains its database.
    ///
    /// @param unreachable true after a loss, false after a return
    void storage(boolean unreachable) {
        lost = unreachable;
        metrics.mark(EventMark.Kind.ENGINE, unreachable ? "Database out of reach" : "Database back");
    }

    /// Waits until the engine has its database, at most 10 s.
    void awaitBack() {
        long begin = System.nanoTime();
        while (lost && System.nanoTime() - begin < BACK_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void restartServer() {
        try {
            if (!lost) {
                server.ifPresent(EmbeddedServer::applyPending);
                return;
            }
            if (server.isPresent() && server.get().restartIfDead()) {
                metrics.mark(EventMark.Kind.ENGINE, "PostgreSQL restarted");
            }
        } catch (ServerStartException e) {
            LOG.warn("PostgreSQL: the server or its settings are not as they should be: {} {}", e.problem(),
                    e.advice());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
