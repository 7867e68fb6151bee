package dev.memfuse.lab.tune;

import java.util.List;
import java.util.Map;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.metrics.stats.Numbers;

/// What came of one candidate.
///
/// @param number from 1 in the order of the design; 0 is the start
/// @param origin where it comes from, in words
/// @param changes settings in which it differs from the start
/// @param loads number of its loads in the search
/// @param seconds their measured time
/// @param figures objective and conditions over all of its loads, by metric; percentiles may be rough
/// @param outcome why it was left out, or that it was chosen
public record TriedCandidate(int number, String origin, List<ConfigChange> changes, int loads, double seconds,
        Map<String, Double> figures, String outcome) {
    public TriedCandidate {
        changes = List.copyOf(changes);
    }

    /// Returns the metrics of candidates by name, in display order.
    public static List<String> metrics(List<TriedCandidate> tried) {
        return tried.stream().flatMap(one -> one.figures().keySet().stream()).distinct().toList();
    }

    /// Returns a figure without its unit; a dash when it was not measured.
    public String figure(String metric) {
        Double value = figures.get(metric);
        return value == null ? "–" : Numbers.value(value);
    }
}
