package dev.memfuse.console.lab.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import dev.memfuse.lab.compare.ArmWords;
import dev.memfuse.lab.compare.Block;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.PairRatio;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.compare.SpectrumRow;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Direction;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.PairedRatios;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Verdict;

/// Comparisons with blocks of random values whose estimates are those of the real statistics.
public final class SampleComparison {
    private static final Instant START = Instant.parse("2026-11-27T14:02:00Z");
    private static final Map<String, Double> MEDIANS = Map.ofEntries(Map.entry("add.p50", 2.1),
            Map.entry("add.p90", 4.4), Map.entry("add.p95", 6.2), Map.entry("query.p50", 3.1),
            Map.entry("query.p90", 8.9), Map.entry("list.p50", 0.41), Map.entry("throughput", 184.0),
            Map.entry("processor", 2.4), Map.entry("allocation", 812.0), Map.entry("leases", 1.3),
            Map.entry("transactions", 0.62), Map.entry("wal", 14.2), Map.entry("storing", 210.0));

    private SampleComparison() {}

    /// Returns blocks of a plan whose candidate takes `factor` times the time of the reference.
    public static List<Block> blocks(ComparisonPlan plan, int pairs, double factor) {
        Random random = new Random(7);
        List<Block> blocks = new ArrayList<>();
        for (int pair = 1; pair <= pairs; pair++) {
            boolean candidateFirst = pair % 4 == 2 || pair % 4 == 3;
            for (boolean candidate : new boolean[]{candidateFirst, !candidateFirst}) {
                Map<String, Double> values = new LinkedHashMap<>();
                for (Metric metric : Metric.of(plan.block())) {
                    Double median = MEDIANS.get(metric.name());
                    if (median != null) {
                        boolean affected = metric.name().startsWith("add") || metric.name().startsWith("trans");
                        values.put(metric.name(), median * Math.exp(random.nextGaussian() * 0.06)
                                * (candidate && affected ? factor : 1));
                    }
                }
                blocks.add(new Block(pair, candidate, START.plusSeconds(11L * blocks.size()), 4, 736, 0, Verdict.GOOD,
                        values));
            }
        }
        return blocks;
    }

    private static MetricResult judge(ComparisonPlan plan, Metric metric, List<Block> blocks) {
        List<PairRatio> pairs = PairRatio.of(blocks, metric.name());
        double[] a = pairs.stream().mapToDouble(PairRatio::a).toArray();
        double[] b = pairs.stream().mapToDouble(PairRatio::b).toArray();
        return new MetricResult(metric.name(), metric.figure().unit(), metric.equals(plan.primary()),
                metric.direction() == Direction.HIGHER_IS_BETTER, a.length == 0 ? Double.NaN : a[0],
                b.length == 0 ? Double.NaN : b[0],
                PairedRatios.of(a, b).estimate(plan.margin(), ComparisonPlan.ALPHA, metric.direction()));
    }

    private static RecallResult recall() {
        return new RecallResult(0.982, 0.979,
                new PointsEstimate(-0.3, -0.8, 0.3, 0.4, "mean, Student's t", 320, Decision.SAME, 0), 132.0, 141.0);
    }

    private static Map<String, List<SpectrumRow>> spectra(double factor) {
        Map<String, List<SpectrumRow>> spectra = new LinkedHashMap<>();
        for (String operation : List.of("list", "query", "add")) {
            List<SpectrumRow> rows = new ArrayList<>();
            for (double percentile : new double[]{0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9}) {
                double ms = 1.2 * Math.pow(100 / (100 - percentile), 0.55);
                rows.add(new SpectrumRow(percentile, ms, ms * (operation.equals("add") ? factor : 1.02)));
            }
            spectra.put(operation, rows);
        }
        return spectra;
    }

    /// Returns the progress after some pairs.
    public static ComparisonRun.Status progress(ComparisonPlan plan, int pairs, double factor) {
        List<Block> blocks = blocks(plan, pairs, factor);
        return new ComparisonRun.Status(pairs, 2 * pairs + 1, "B", Optional.of(LoadRun.Phase.MEASURING),
                Duration.ofSeconds(22L * (plan.pairs() - pairs)),
                pairs == 0 ? Optional.empty() : Optional.of(judge(plan, plan.primary(), blocks)), blocks);
    }

    /// Returns the result of a plan.
    public static ComparisonResult result(ComparisonPlan plan, int pairs, double factor, List<String> problems) {
        List<Block> blocks = blocks(plan, pairs, factor);
        List<MetricResult> metrics = new ArrayList<>();
        metrics.add(judge(plan, plan.primary(), blocks));
        Metric.of(plan.block()).stream()
                .filter(metric -> !metric.equals(plan.primary()) && MEDIANS.containsKey(metric.name()))
                .forEach(metric -> metrics.add(judge(plan, metric, blocks)));
        Decision decision = metrics.getFirst().ratio().decision();
        boolean counts = decision != Decision.BETTER || problems.isEmpty();
        String sentence = new ArmWords(plan.differences()).verdict(counts ? decision.label() : "probably better",
                metrics.getFirst())
                + (counts ? "." : ", but this does not count: 2 of 10 blocks of arm A are not valid.");
        Map<String, String> design = new LinkedHashMap<>();
        design.put("pairs", pairs + " of " + plan.pairs());
        design.put("order", "random, balanced over every two pairs (ABBA or BAAB)");
        design.put("arrivals", "open, 180 operations/s");
        return new ComparisonResult(1, START, pairs < plan.pairs(), plan.a().name(), plan.b().name(),
                plan.differences(), counts ? decision : Decision.NOT_ENOUGH, sentence, problems,
                metrics, recall(), spectra(factor), blocks, design, Map.of());
    }

    /// Returns a result whose blocks of arm B are void, as the judge would have it.
    public static ComparisonResult voided(ComparisonResult counts) {
        Verdict busy = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.GENERATOR, 0.35, 0.2,
                "Void as a measurement of the engine: the load generator could not run for 35 % of the time.")));
        List<Block> blocks = counts.blocks().stream().map(block -> block.candidate()
                ? new Block(block.pair(), true, block.at(), block.seconds(), block.operations(), 0, busy,
                        block.values())
                : block).toList();
        int pairs = blocks.size() / 2;
        String brief = pairs + " of " + pairs + " blocks of arm B are not valid";
        return new ComparisonResult(1, START, counts.cancelled(), counts.a(), counts.b(), counts.differences(),
                Decision.NOT_ENOUGH,
                new ArmWords(counts.differences()).verdict("probably " + counts.decision().label(), counts.primary())
                        + ", but this does not count: " + brief + ".",
                List.of(brief + ": the load generator could not run for 35 % of the time. Close other programs on this "
                        + "machine or lower the rate, and run it again."),
                counts.metrics(), counts.recall(), counts.spectra(), blocks, counts.design(), Map.of());
    }
}
