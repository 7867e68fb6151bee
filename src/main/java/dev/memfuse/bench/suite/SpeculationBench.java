package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.bench.suite.QueryingUser.QueryPattern;

/// Compares the engine with and without speculative answers, for users who write and query in turn: three query
/// patterns under two loads, in interleaved slices.
final class SpeculationBench implements Benchmark {
    private static final int POSITION_STEP = 37;

    private final BenchTarget target;

    /// The number and the speed of the users.
    ///
    /// @param pause between a write and the query after it
    private record Load(String label, int users, Duration pause) {}

    private static final List<Load> LOADS = List.of(
            new Load("4 users who pause 200 ms before they ask", 4, Duration.ofMillis(200)),
            new Load("16 users without a pause", 16, Duration.ZERO));

    SpeculationBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "speculation";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, 2).multipliedBy((long) QueryPattern.values().length * LOADS.size());
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            settings.set("buffer.bypass_mode", true);
            for (Load load : LOADS) {
                for (QueryPattern pattern : QueryPattern.values()) {
                    watch.step(load.label() + ", asking " + pattern.label());
                    compare(load, pattern, options, watch, rows, figures);
                }
            }
        }
        return new BenchReport.Result(name(),
                "query after a write of the same user, with and without speculative answers; users of "
                        + size(options) + " turns whose stored vectors are synthetic; closed loop",
                "the cores: embedding the query, and with speculation the likely ones", rows, figures);
    }

    private static int size(BenchTask.Options options) {
        return options.extent() == BenchTask.Extent.QUICK ? 100 : 1_000;
    }

    private void compare(Load load, QueryPattern pattern, BenchTask.Options options, BenchWatch watch,
            List<BenchReport.Row> rows,
            List<BenchReport.Figure> figures) throws InterruptedException {
        List<QueryingUser> users = users(load, pattern, options, watch);
        new SpeculationSide(target, true).slice(users, load.pause(), options.warmup(), watch);
        new SpeculationSide(target, false).slice(users, load.pause(), options.warmup(), watch);
        watch.passed(options.warmup().multipliedBy(2));
        SpeculationSide on = new SpeculationSide(target, true);
        SpeculationSide off = new SpeculationSide(target, false);
        int rounds = Interleaving.rounds(options);
        for (int round = 0; round < rounds; round++) {
            for (SpeculationSide side : round % 2 == 0 ? List.of(off, on) : List.of(on, off)) {
                side.slice(users, load.pause(), options.duration().dividedBy(rounds), watch);
                watch.passed(options.duration().dividedBy(rounds));
            }
        }
        String what = load.label() + ", " + pattern.label();
        SliceStats.row("query: " + what, on.queries(), off.queries()).ifPresent(rows::add);
        SliceStats.row("write: " + what, on.writes(), off.writes()).ifPresent(rows::add);
        figures.addAll(figures(what, on, off));
    }

    private List<QueryingUser> users(Load load, QueryPattern pattern, BenchTask.Options options, BenchWatch watch) {
        List<QueryingUser> users = new ArrayList<>();
        for (int i = 0; i < load.users(); i++) {
            UUID user = new LargeUser(target).make(size(options), watch);
            users.add(new QueryingUser(target.engine(), user, pattern, i * POSITION_STEP));
        }
        return users;
    }

    private static List<BenchReport.Figure> figures(String what, SpeculationSide on, SpeculationSide off) {
        long queries = on.queries().items();
        return List.of(
                BenchReport.Figure.of("answers ahead for each query: " + what,
                        queries == 0 ? null : (Double) ((double) on.counts().prefetched() / queries), ""),
                BenchReport.Figure.of("hit rate, used of those worked out: " + what, on.counts().hitRate(), ""),
                BenchReport.Figure.of("queries answered ahead: " + what,
                        queries == 0 ? null : (Double) ((double) on.counts().used() / queries), ""),
                BenchReport.Figure.of("processor time for each query, on: " + what, on.cpuMs(), "ms"),
                BenchReport.Figure.of("processor time for each query, off: " + what, off.cpuMs(), "ms"));
    }
}
