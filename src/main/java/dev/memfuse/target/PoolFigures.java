package dev.memfuse.target;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The gauges of one pool over some samples, so that a peak between two looks is not lost.
///
/// @param at time of the newest sample
/// @param samples number of samples that have the pool
/// @param now the newest sample of the pool
public record PoolFigures(Instant at, String pool, int samples, Range active, Range idle, Range waiting,
        PoolReading now) {

    /// Smallest, mean and largest value; a gauge that the target does not tell has [PoolReading#UNKNOWN] in each.
    public record Range(int min, double mean, int max) {
        /// Returns whether the value changed.
        public boolean varies() {
            return min != max;
        }
    }

    /// Sums of one pool.
    private static final class Sums {
        private final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        private final int[] max = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        private final double[] sum = new double[3];
        private int samples;
        private PoolReading newest;
        private Instant at;

        Sums(PoolReading first, Instant at) {
            newest = first;
            this.at = at;
        }

        void add(PoolReading reading, Instant time) {
            int[] values = {reading.active(), reading.idle(), reading.waiting()};
            for (int i = 0; i < values.length; i++) {
                min[i] = Math.min(min[i], values[i]);
                max[i] = Math.max(max[i], values[i]);
                sum[i] += values[i];
            }
            samples++;
            newest = reading;
            at = time;
        }

        private Range range(int gauge) {
            return new Range(min[gauge], sum[gauge] / samples, max[gauge]);
        }

        PoolFigures figures() {
            return new PoolFigures(at, newest.name(), samples, range(0), range(1), range(2), newest);
        }
    }

    /// Returns the figures of each pool that a sample has, by the order of their first sample.
    public static List<PoolFigures> of(List<TargetSample> samples) {
        Map<String, Sums> pools = new LinkedHashMap<>();
        for (TargetSample sample : samples) {
            for (PoolReading reading : sample.pools()) {
                pools.computeIfAbsent(reading.name(), _ -> new Sums(reading, sample.at())).add(reading, sample.at());
            }
        }
        List<PoolFigures> figures = new ArrayList<>();
        pools.values().forEach(sums -> figures.add(sums.figures()));
        return figures;
    }
}
