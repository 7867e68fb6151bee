package dev.memfuse.bootstrap;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.program.ServerStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Marks the loss and the return of the database, and starts an embedded server again that died: once a second, until
/// the database is back. An external server is somebody else's.
final class ServerSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSupervisor.class);

    private final Optional<EmbeddedServer> server;
    private final MetricsHub metrics;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("engine-revival").factory());
    private volatile boolean lost;

    ServerSupervisor(Optional<EmbeddedServer> server, MetricsHub metrics) {
        this.server = server;
        this.metrics = metrics;
        thread.scheduleWithFixedDelay(this::revive, 1, 1, TimeUnit.SECONDS);
    }

    /// The database was lost, or is back.
    void storage(boolean isLost) {
        lost = isLost;
        metrics.mark(EventMark.Kind.ENGINE, isLost ? "Database out of reach" : "Database back");
    }

    private void revive() {
        if (!lost) {
            return;
        }
        try {
            if (server.isPresent() && server.get().revive()) {
                metrics.mark(EventMark.Kind.ENGINE, "PostgreSQL started again");
            }
        } catch (ServerStartException e) {
            LOG.warn("PostgreSQL: the server could not be started again: {} {}", e.problem(), e.advice());
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
