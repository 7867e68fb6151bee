package dev.memfuse.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// Requests over HTTP by route and status, since the start of the program. Thread-safe.
public final class HttpRequests {
    /// Bounds the memory, whatever the routes are.
    private static final int MAX_ROUTES = 500;
    private static final String OTHERS = "OTHER UNKNOWN";

    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final LongAdder active = new LongAdder();

    /// Returns the counter of a route; the same one for the same label.
    ///
    /// @param label method, a blank, and the template of the path, never the path of a request
    public Route route(String label) {
        Route known = routes.get(label);
        return known == null
                ? routes.computeIfAbsent(routes.size() < MAX_ROUTES ? label : OTHERS, Route::new)
                : known;
    }

    /// Returns the counter of requests that match no route.
    public Route unmatched() {
        return route(OTHERS);
    }

    /// Called when a request begins. Each call needs a matching [#ended].
    public void began() {
        active.increment();
    }

    /// Called when a request ends.
    public void ended() {
        active.decrement();
    }

    /// Returns the number of requests that run.
    public long active() {
        return active.sum();
    }

    /// Returns the routes, those without a request included.
    public List<Route> routes() {
        return List.copyOf(routes.values());
    }

    /// Requests of one route. Recording is wait-free, and allocates only for the first request of a status.
    public static final class Route {
        private static final int STATUSES = 600;

        private final String method;
        private final String path;
        private final AtomicReferenceArray<LatencyBuckets> byStatus = new AtomicReferenceArray<>(STATUSES);

        private Route(String label) {
            String[] parts = label.split(" ", 2);
            method = parts[0];
            path = parts[parts.length - 1];
        }

        /// Returns the method of HTTP.
        public String method() {
            return method;
        }

        /// Returns the template of the path.
        public String path() {
            return path;
        }

        /// Counts a request.
        ///
        /// @param status of the answer, 100..599
        /// @param nanos from the first byte of the headers to the last of the answer, in nanoseconds
        public void record(int status, long nanos) {
            LatencyBuckets buckets = byStatus.get(status);
            if (buckets == null) {
                byStatus.compareAndSet(status, null, new LatencyBuckets());
                buckets = byStatus.get(status);
            }
            buckets.record(nanos);
        }

        /// Returns the latencies by status, in the order of the statuses.
        public List<Answers> answers() {
            List<Answers> answers = new ArrayList<>();
            for (int status = 0; status < STATUSES; status++) {
                LatencyBuckets buckets = byStatus.get(status);
                if (buckets != null) {
                    answers.add(new Answers(status, buckets));
                }
            }
            return answers;
        }
    }

    /// Answers with one status.
    public record Answers(int status, LatencyBuckets latencies) {}
}
