package dev.memfuse.console.lab.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.forest.MetricRow;
import dev.memfuse.console.lab.forest.RatioScale;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.LeftOut;
import dev.memfuse.lab.compare.MetricVerdict;
import dev.memfuse.lab.compare.PairRatio;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.compare.SpectrumRow;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// The result of a comparison as text for the page.
///
/// @param sentence verdict in words
/// @param decision verdict; not decided when blocks are void, also in a recording of an earlier version
/// @param counts whether the verdict counts; otherwise the comparison is to run again
/// @param arms names of both arms and the time of the comparison
/// @param recall Recall@10 and freshness of both arms, one sentence each; empty when they were not measured
/// @param warnings sentences about what limits the verdict
/// @param metrics latency and throughput, the primary metric first
/// @param costs cost per operation
/// @param notes what the marks of the first table mean and what it leaves out, one sentence each
/// @param costNotes the same of the costs
/// @param scale common scale of both tables
/// @param margin smallest relative difference that matters
/// @param pairs the primary metric pair by pair
/// @param spectra latency percentiles of both arms by operation, that of the primary metric first
/// @param differences settings in which the arms differ, one sentence each
/// @param design how it was measured
/// @param source the result itself
record ResultView(String sentence, Decision decision, boolean counts, String arms, List<String> recall,
        List<String> warnings, List<MetricRow> metrics,
        List<MetricRow> costs, List<String> notes, List<String> costNotes, RatioScale scale, double margin,
        PairFigures pairs,
        Map<String, List<SpectrumRow>> spectra, List<String> differences,
        Map<String, String> design, ComparisonResult source) {

    /// @param margin smallest relative difference that matters
    /// @param planned number of pairs of the plan
    static ResultView of(ComparisonResult result, double margin, int planned) {
        List<MetricRow> rows = MetricRow.of(result);
        MetricResult primary = result.primary();
        List<String> warnings = new ArrayList<>(result.problems());
        if (result.cancelled()) {
            warnings.add("The comparison was cancelled; this covers its pairs until then.");
        }
        return new ResultView(result.sentence(), result.voided() ? Decision.NOT_ENOUGH : result.decision(),
                result.counts(),
                "A: " + result.a() + "   B: " + result.b() + "   " + Formats.moment(result.startedAt()),
                recall(result.recall()), List.copyOf(warnings),
                rows.stream().filter(row -> !row.cost() || row.primary()).toList(),
                rows.stream().filter(row -> row.cost() && !row.primary()).toList(),
                notes(result), note(result, true).stream().toList(), RatioScale.ofMetrics(result.metrics()), margin,
                new PairFigures(PairRatio.of(result.blocks(), primary.name()), primary.ratio(), margin, planned,
                        primary.unit()),
                spectra(result), differences(result.differences()), result.design(), result);
    }

    private static List<String> notes(ComparisonResult result) {
        return Stream.of(note(result, false), LeftOut.sentence(result)).flatMap(Optional::stream).toList();
    }

    private static Optional<String> note(ComparisonResult result, boolean costs) {
        return MetricVerdict.note(result.metrics().stream().filter(metric -> costs == Metric.parse(metric.name())
                .figure().cost()).toList(), result);
    }

    private static Map<String, List<SpectrumRow>> spectra(ComparisonResult result) {
        Map<String, List<SpectrumRow>> ordered = new LinkedHashMap<>();
        String first = result.primary().name();
        result.spectra().entrySet().stream().filter(spectrum -> spectrum.getValue().size() > 1)
                .sorted(Comparator.comparing(
                        (Map.Entry<String, List<SpectrumRow>> spectrum) -> !first.startsWith(spectrum.getKey() + "."))
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(spectrum -> ordered.put(spectrum.getKey(), spectrum.getValue()));
        return ordered;
    }

    private static List<String> recall(@Nullable RecallResult recall) {
        if (recall == null) {
            return List.of();
        }
        PointsEstimate points = recall.difference();
        return List.of(
                String.format(Locale.ROOT, "Recall@10: %s (A %s, B %s, %+.1f [%.1f, %.1f] points, %s).",
                        points.decision().label(), Formats.percent(recall.a()), Formats.percent(recall.b()),
                        points.points(), points.low(), points.high(), Numbers.count(points.pairs(), "question")),
                String.format(Locale.ROOT, "A message is found after: A %s, B %s.", found(recall.freshAMs()),
                        found(recall.freshBMs())));
    }

    private static String found(@Nullable Double ms) {
        return ms == null ? "more than 5 s" : Numbers.ms(ms);
    }

    /// Returns the settings in which two arms differ, one sentence each.
    static List<String> differences(List<ConfigChange> changes) {
        return changes.isEmpty()
                ? List.of("The arms are equal (A/A): every difference is noise.")
                : changes.stream().map(ConfigChange::toString).toList();
    }
}
