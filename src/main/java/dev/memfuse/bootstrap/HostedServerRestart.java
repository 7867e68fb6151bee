package dev.memfuse.bootstrap;

import java.util.Optional;

import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.lab.trial.ServerRestart;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.program.ServerStartException;

/// Restarts the embedded server of a host for experiments. Thread-safe.
///
/// @param host holds the engine and its server
/// @param metrics receives a mark of each restart
record HostedServerRestart(LocalEngineHost host, MetricsHub metrics) implements ServerRestart {

    @Override
    public Optional<String> problem() {
        return host.stack().filter(stack -> !stack.embedded()).map(_ -> ServerKeys.NOT_IN_USE);
    }

    @Override
    public void run() {
        host.whileRunning(stack -> {
            try {
                stack.restartServer();
            } catch (ServerStartException e) {
                throw new IllegalStateException(e.problem(), e);
            }
        });
        metrics.mark(EventMark.Kind.ENGINE, "PostgreSQL restarted for an experiment");
    }
}
