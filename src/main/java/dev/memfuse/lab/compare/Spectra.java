package dev.memfuse.lab.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// The latencies of all blocks of each arm together: histograms add up exactly. One thread.
final class Spectra {
    private static final double[] PERCENTILES = {1, 5, 10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.98,
            99.99};
    private static final int DIGITS = 3;

    private final Map<OperationKind, Histogram> a = new EnumMap<>(OperationKind.class);
    private final Map<OperationKind, Histogram> b = new EnumMap<>(OperationKind.class);

    /// Adds a block.
    ///
    /// @param latencies by operation, in nanoseconds
    void add(boolean candidate, Map<OperationKind, Histogram> latencies) {
        latencies.forEach((operation, block) -> (candidate ? b : a)
                .computeIfAbsent(operation, _ -> new Histogram(DIGITS)).add(block));
    }

    /// Returns the operations of a kind, of the arm that has fewer.
    long samples(OperationKind operation) {
        return Math.min(samples(a, operation), samples(b, operation));
    }

    private static long samples(Map<OperationKind, Histogram> arm, OperationKind operation) {
        return arm.getOrDefault(operation, new Histogram(DIGITS)).getTotalCount();
    }

    /// Returns the percentiles that are reliable in both arms, by operation.
    Map<String, List<SpectrumRow>> rows() {
        Map<String, List<SpectrumRow>> rows = new LinkedHashMap<>();
        a.forEach((operation, ofA) -> {
            Histogram ofB = b.get(operation);
            if (ofB != null) {
                rows.put(operation.label(), rows(ofA, ofB));
            }
        });
        return rows;
    }

    private static List<SpectrumRow> rows(Histogram a, Histogram b) {
        long samples = Math.min(a.getTotalCount(), b.getTotalCount());
        List<SpectrumRow> rows = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            if (Percentiles.reliable(samples, percentile)) {
                rows.add(new SpectrumRow(percentile, Percentiles.ms(a, percentile), Percentiles.ms(b, percentile)));
            }
        }
        return List.copyOf(rows);
    }
}
