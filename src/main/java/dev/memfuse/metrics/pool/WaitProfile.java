package dev.memfuse.metrics.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.memfuse.metrics.pool.ConnectionPools.Backend;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;

/// Who waits where: how many connections were, on average over the last minute, in each stage of the engine and in each
/// state of the server's process at the same moment. A sample of all leases every few seconds, as a profiler samples
/// stacks. Not thread-safe.
public final class WaitProfile {
    /// Time for which samples count.
    public static final Duration SPAN = Duration.ofMinutes(1);
    /// Samples kept at most.
    private static final int MAX_SAMPLES = 120;
    private static final String ACTIVE = "active";
    private static final String IN_TRANSACTION = "idle in transaction";
    private static final String CLIENT = "Client: ClientRead";

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, Map<Place, Integer> counts) {}

    /// Creates an empty profile.
    public WaitProfile() {}

    /// Where a connection is.
    ///
    /// @param operation label of the operation; empty outside of one
    /// @param stage label of the stage of the operation; empty outside of one
    /// @param server what the server's process does or waits for, a phrase
    public record Place(String operation, String stage, String server) {}

    /// How many connections are at a place.
    ///
    /// @param now number at the newest sample
    /// @param mean mean number over the samples
    /// @param share part of all connections in use, 0..1
    public record Row(Place place, int now, double mean, double share) {}

    /// Adds the leases of one moment.
    ///
    /// @param snapshot newer than the one before
    public void add(Snapshot snapshot) {
        Map<Place, Integer> counts = new HashMap<>();
        for (Lease lease : snapshot.leases()) {
            counts.merge(new Place(lease.operation(), lease.stage(), server(lease)), 1, Integer::sum);
        }
        samples.addLast(new Sample(snapshot.at(), counts));
        Instant oldest = snapshot.at().minus(SPAN);
        while (samples.size() > MAX_SAMPLES || samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
    }

    private static String server(Lease lease) {
        if (lease.backend().isEmpty()) {
            return "not known";
        }
        Backend backend = lease.backend().get();
        if (backend.state().startsWith(IN_TRANSACTION)) {
            return "open transaction, waits for this program";
        }
        if (!backend.state().equals(ACTIVE)) {
            return backend.waitEvent().isEmpty() || backend.waitEvent().equals(CLIENT)
                    ? "idle, waits for this program"
                    : backend.waitEvent();
        }
        return backend.waitEvent().isEmpty() ? "works on a processor" : backend.waitEvent();
    }

    /// Returns the places with connections, the most frequent first.
    public List<Row> rows() {
        Set<Place> places = new HashSet<>();
        samples.forEach(sample -> places.addAll(sample.counts().keySet()));
        double all = samples.stream().flatMap(sample -> sample.counts().values().stream())
                .mapToInt(Integer::intValue).sum();
        List<Row> rows = new ArrayList<>();
        for (Place place : places) {
            int sum = samples.stream().mapToInt(sample -> sample.counts().getOrDefault(place, 0)).sum();
            rows.add(new Row(place, samples.getLast().counts().getOrDefault(place, 0), (double) sum / samples.size(),
                    sum / all));
        }
        rows.sort(Comparator.comparingDouble(Row::mean).reversed().thenComparing(row -> row.place().toString()));
        return rows;
    }

    /// Returns the number of samples.
    public int size() {
        return samples.size();
    }

    /// Removes all samples.
    public void clear() {
        samples.clear();
    }
}
