package dev.memfuse.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.ConcurrentHistogram;

/// Counts the requests of a server by route and by client. Thread-safe; counting does not allocate once a route and a
/// client are known.
public final class RequestStats {
    private static final int ROUTES = 500;
    private static final int CLIENTS = 1_000;
    private static final int SHOWN_CLIENTS = 100;
    private static final Duration FORGET = Duration.ofMinutes(10);
    private static final int DIGITS = 2;
    private static final String OTHERS = "others";

    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Cache<String, Client> clients = Caffeine.newBuilder().maximumSize(CLIENTS).expireAfterAccess(FORGET)
            .build();

    /// Requests of a route since the start of the server.
    ///
    /// @param route method and path, with the names of its parameters
    /// @param count number of requests
    /// @param latency from the arrival of the headers until the answer is written, without the network
    /// @param refused number of answers with a status of 400 to 499: mistakes of clients
    /// @param failed number of answers with a status from 500 on
    public record RouteRequests(String route, long count, Percentiles latency, long refused, long failed) {}

    /// Requests of a client that was active in the last ten minutes.
    ///
    /// @param client address, and the key if it sent one
    /// @param count number of requests
    /// @param idle time since the newest request
    public record ClientRequests(String client, long count, Duration idle) {}

    private static final class Route {
        private final ConcurrentHistogram nanos = new ConcurrentHistogram(DIGITS);
        private final LongAdder refused = new LongAdder();
        private final LongAdder failed = new LongAdder();

        Route() {
            nanos.setAutoResize(true);
        }
    }

    private static final class Client {
        private final LongAdder count = new LongAdder();
        private volatile long newest = System.nanoTime();
    }

    /// Counts a request.
    ///
    /// @param status status of the answer
    void count(String route, String client, int status, long nanos) {
        Route counted = routes.get(route);
        if (counted == null) {
            counted = routes.computeIfAbsent(routes.size() < ROUTES ? route : OTHERS, _ -> new Route());
        }
        counted.nanos.recordValue(Math.max(0, nanos));
        if (status >= 500) {
            counted.failed.increment();
        } else if (status >= 400) {
            counted.refused.increment();
        }
        Client by = clients.get(client, _ -> new Client());
        by.count.increment();
        by.newest = System.nanoTime();
    }

    /// Returns the requests of each route, the most frequent route first.
    public List<RouteRequests> routes() {
        return routes.entrySet().stream().map(route -> {
            ConcurrentHistogram nanos = route.getValue().nanos.copy();
            return new RouteRequests(route.getKey(), nanos.getTotalCount(), Percentiles.of(nanos),
                    route.getValue().refused.sum(), route.getValue().failed.sum());
        }).sorted(Comparator.comparingLong(RouteRequests::count).reversed().thenComparing(RouteRequests::route))
                .toList();
    }

    /// Returns the clients of the last ten minutes, at most 100, the latest first.
    public List<ClientRequests> clients() {
        long now = System.nanoTime();
        return clients.asMap().entrySet().stream()
                .map(client -> new ClientRequests(client.getKey(), client.getValue().count.sum(),
                        Duration.ofNanos(now - client.getValue().newest)))
                .sorted(Comparator.comparing(ClientRequests::idle)).limit(SHOWN_CLIENTS).toList();
    }
}
