package dev.memfuse.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.program.ServerStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the settings `postgres.server` of the configuration in force on the embedded server while it runs. Refuses a
/// change that PostgreSQL does not accept before it takes effect. Held by the [EngineStack]. Thread-safe.
final class ServerSettingsLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSettingsLink.class);

    private final EmbeddedServer server;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final Tunables.Subscription check;
    private final Tunables.Subscription changes;

    ServerSettingsLink(EmbeddedServer server, Tunables tunables, MetricsHub metrics) {
        this.server = server;
        this.tunables = tunables;
        this.metrics = metrics;
        check = tunables.beforeChange(this::check);
        changes = tunables.onChange(_ -> apply());
        // A change since the server started.
        apply();
    }

    private void check(MemFuseConfig before, MemFuseConfig after) {
        Map<String, String> now = before.postgres().server();
        Map<String, String> differing = new TreeMap<>(after.postgres().server());
        differing.entrySet().removeIf(setting -> setting.getValue().equals(now.get(setting.getKey())));
        if (!differing.isEmpty()) {
            server.check(differing);
        }
    }

    private void apply() {
        try {
            boolean _ = server.apply(tunables.get().postgres().server());
        } catch (ServerStartException e) {
            LOG.warn("PostgreSQL: settings are not in force. {} {}", e.problem(), e.advice(), e);
            metrics.mark(EventMark.Kind.ENGINE, e.problem());
        }
    }

    /// Returns a check that refuses changes of these settings, for a database that is not the embedded server.
    static Tunables.Check refusal() {
        return (before, after) -> {
            Map<String, String> old = before.postgres().server();
            Map<String, String> wanted = after.postgres().server();
            var names = new TreeSet<>(old.keySet());
            names.addAll(wanted.keySet());
            List<ConfigProblem> problems = names.stream()
                    .filter(name -> !Optional.ofNullable(old.get(name)).equals(Optional.ofNullable(wanted.get(name))))
                    .map(name -> new ConfigProblem(ServerKeys.path(name), ServerKeys.NOT_IN_USE, Optional.empty()))
                    .toList();
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
        };
    }

    @Override
    public void close() {
        check.close();
        changes.close();
    }
}
