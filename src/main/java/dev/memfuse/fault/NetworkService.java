package dev.memfuse.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network between the connection pool and its servers. While `network.*` is 0 and nobody holds the proxies,
/// connections lead directly to their server; otherwise through a proxy for each server. Changes of delay, jitter and
/// bandwidth, and faults, apply to open connections at once. Thread-safe.
public final class NetworkService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkService.class);

    private final Tunables tunables;
    private final MetricsHub metrics;
    private final Tunables.Subscription subscription;
    private final List<Runnable> rerouted = new CopyOnWriteArrayList<>();
    private final Map<String, TcpProxy> proxies = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable ProxyThreads threads;
    private volatile LinkConditions conditions;
    private NetworkConfig config;
    private int holds;
    private volatile boolean proxied;
    private boolean closed;

    /// The proxies stay in use until [#close], also without a delay: faults need them.
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        /// Releases the proxies; a second call has no effect.
        @Override
        void close();
    }

    /// Creates the network; opens no socket.
    ///
    /// @param tunables holds `network.*`
    /// @param metrics receives a mark at the begin and the end of each fault
    public NetworkService(Tunables tunables, MetricsHub metrics) {
        this.tunables = tunables;
        this.metrics = metrics;
        config = tunables.get().network();
        conditions = LinkConditions.of(config, faults);
        proxied = !config.isDirect();
        subscription = tunables.onChange(_ -> update(() -> config = tunables.get().network()));
    }

    /// Calls `listener` when connections should be replaced, since new ones take another path.
    public void onReroute(Runnable listener) {
        rerouted.add(listener);
    }

    /// Returns whether new connections lead through a proxy.
    public boolean proxied() {
        return proxied;
    }

    /// Returns the network in force in a few words, for results.
    public synchronized String describe() {
        if (!proxied) {
            return "direct";
        }
        String name = NetworkProfile.of(config).map(NetworkProfile::label).orElse("own settings");
        return String.format(Locale.ROOT, "%s, through a proxy: round trip %s ms, jitter %s ms, bandwidth %s", name,
                millis(config.roundTrip()), millis(config.jitter()),
                config.bandwidth() == 0 ? "not limited" : config.bandwidth() + " Mbit/s");
    }

    private static String millis(Duration duration) {
        return Numbers.plain(duration.toNanos() / 1e6);
    }

    /// Changes the settings `network.*` to a profile; the same as a change of each.
    ///
    /// @param cause the origin of the change, for the history of changes
    public void apply(NetworkProfile profile, String cause) {
        apply(profile.config(), cause);
    }

    /// Changes the settings `network.*`.
    ///
    /// @param cause the origin of the change, for the history of changes
    /// @throws dev.memfuse.config.ConfigException when a value is out of range
    public void apply(NetworkConfig network, String cause) {
        tunables.apply(cause, now -> with(now, network));
    }

    /// Returns a configuration with other settings `network.*`.
    ///
    /// @throws dev.memfuse.config.ConfigException when a value is out of range
    public static MemFuseConfig with(MemFuseConfig config, NetworkConfig network) {
        return ConfigValues.with(ConfigValues.with(ConfigValues.with(config,
                "network.round_trip", network.roundTrip()), "network.jitter", network.jitter()),
                "network.bandwidth", network.bandwidth());
    }

    /// Keeps the proxies in use, so that [#begin] reaches the connections. Connections that are in use now take the
    /// direct path until the pool has replaced them.
    public Hold hold() {
        update(() -> holds++);
        boolean[] released = {false};
        return () -> {
            synchronized (released) {
                if (released[0]) {
                    return;
                }
                released[0] = true;
            }
            update(() -> holds--);
        };
    }

    private void update(Runnable change) {
        boolean reroute;
        synchronized (this) {
            change.run();
            conditions = LinkConditions.of(config, faults);
            boolean before = proxied;
            proxied = !closed && (holds > 0 || !config.isDirect() || !faults.isEmpty());
            reroute = proxied != before;
            ProxyThreads running = threads;
            if (running != null) {
                running.deliveries().changed();
            }
        }
        if (reroute) {
            LOG.info("Network: new connections lead {}", proxied ? "through a proxy" : "directly to the server");
            rerouted.forEach(Runnable::run);
        }
    }

    /// Begins a fault. Faults may overlap; a reset is over at once.
    public void begin(Fault fault) {
        metrics.mark(EventMark.Kind.FAULT, "Fault: " + fault.describe(), fault.describe());
        LOG.info("Network: fault begins: {}", fault.describe());
        update(() -> faults.add(fault));
        switch (fault.kind()) {
            case RESET -> {
                all().forEach(TcpProxy::reset);
                end(fault);
            }
            case STOP -> all().forEach(TcpProxy::stop);
            case LATENCY, BANDWIDTH, BLACK_HOLE -> {
            }
        }
    }

    /// Ends a fault; has no effect when it does not last.
    public void end(Fault fault) {
        boolean[] ended = {false};
        update(() -> ended[0] = faults.remove(fault));
        if (!ended[0]) {
            return;
        }
        if (!stopped()) {
            all().forEach(this::resume);
        }
        LOG.info("Network: fault ended: {}", fault.describe());
        metrics.mark(EventMark.Kind.FAULT_END, "Fault ended: " + fault.describe(), fault.describe());
    }

    private synchronized boolean stopped() {
        return faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.STOP);
    }

    private void resume(TcpProxy proxy) {
        try {
            proxy.resume();
        } catch (IOException e) {
            LOG.error("Network: the proxy does not accept connections any more: {}", e.getMessage(), e);
        }
    }

    private synchronized List<TcpProxy> all() {
        return List.copyOf(proxies.values());
    }

    /// Returns the address to connect to for a server: its own, or that of a proxy in front of it.
    ///
    /// @param server address of the server, resolved
    /// @throws IOException when the proxy cannot be opened
    public synchronized InetSocketAddress route(InetSocketAddress server) throws IOException {
        if (!proxied) {
            return server;
        }
        TcpProxy proxy = proxies.get(key(server));
        if (proxy == null) {
            proxy = open(server);
        }
        // A name may lead to another machine after a failover.
        proxy.server(server);
        return proxy.address();
    }

    private static String key(InetSocketAddress server) {
        return server.getHostString() + ":" + server.getPort();
    }

    private TcpProxy open(InetSocketAddress server) throws IOException {
        ProxyThreads running = threads;
        if (running == null) {
            running = new ProxyThreads(() -> conditions.blackHole());
            threads = running;
        }
        TcpProxy proxy = new TcpProxy(server, () -> conditions, running);
        proxies.put(key(server), proxy);
        LOG.info("Network: a proxy on port {} leads to port {} of the server", proxy.address().getPort(),
                server.getPort());
        if (stopped()) {
            proxy.stop();
        }
        return proxy;
    }

    /// Returns the number of open connections through proxies.
    public int connections() {
        return all().stream().mapToInt(TcpProxy::connections).sum();
    }

    /// Returns the bytes in flight in all proxies.
    public long bytesInFlight() {
        return all().stream().mapToLong(TcpProxy::bytes).sum();
    }

    /// Ends all connections and both threads. Blocks until the threads have ended. New connections lead directly to
    /// the server.
    @Override
    public void close() {
        subscription.close();
        ProxyThreads running;
        synchronized (this) {
            closed = true;
            proxied = false;
            running = threads;
            threads = null;
        }
        all().forEach(TcpProxy::close);
        if (running != null) {
            running.close();
        }
    }
}
