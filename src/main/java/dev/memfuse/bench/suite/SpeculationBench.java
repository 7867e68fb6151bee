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
import dev.memfuse.bench.suite.AskingUser.Habit;

/// Users who write and ask in turn, with speculation and without, in slices in turn: whether working out answers ahead
/// pays, for three habits of asking and two loads.
final class SpeculationBench implements Benchmark {
    private static final int APART = 37;

    private final BenchTarget ground;

    /// How much there is to do.
    ///
    /// @param pause between a write and the question after it
    private record Load(String words, int users, Duration pause) {}

    private static final List<Load> LOADS = List.of(
            new Load("4 users who pause 200 ms before they ask", 4, Duration.ofMillis(200)),
            new Load("16 users without a pause", 16, Duration.ZERO));

    SpeculationBench(BenchTarget ground) {
        this.ground = ground;
    }

    @Override
    public String name() {
        return "speculation";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, 2).multipliedBy((long) Habit.values().length * LOADS.size());
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(ground.tunables())) {
            settings.set("buffer.bypass_mode", true);
            for (Load load : LOADS) {
                for (Habit habit : Habit.values()) {
                    watch.step(load.words() + ", asking " + habit.words());
                    compare(load, habit, options, watch, rows, figures);
                }
            }
        }
        return new BenchReport.Result(name(),
                "query after a write of the same user, with answers worked out ahead and without; users of "
                        + size(options) + " turns whose stored vectors are synthetic; closed loop",
                "the cores: embedding what is asked, and with speculation what might be", rows, figures);
    }

    private static int size(BenchTask.Options options) {
        return options.extent() == BenchTask.Extent.QUICK ? 100 : 1_000;
    }

    private void compare(Load load, Habit habit, BenchTask.Options options, BenchWatch watch,
            List<BenchReport.Row> rows,
            List<BenchReport.Figure> figures) throws InterruptedException {
        List<AskingUser> users = users(load, habit, options, watch);
        new SpeculationSide(ground, true).slice(users, load.pause(), options.warmup(), watch);
        new SpeculationSide(ground, false).slice(users, load.pause(), options.warmup(), watch);
        watch.passed(options.warmup().multipliedBy(2));
        SpeculationSide on = new SpeculationSide(ground, true);
        SpeculationSide off = new SpeculationSide(ground, false);
        for (int round = 0; round < Interleaving.ROUNDS; round++) {
            for (SpeculationSide side : round % 2 == 0 ? List.of(off, on) : List.of(on, off)) {
                side.slice(users, load.pause(), options.duration().dividedBy(Interleaving.ROUNDS), watch);
                watch.passed(options.duration().dividedBy(Interleaving.ROUNDS));
            }
        }
        String what = load.words() + ", " + habit.words();
        SliceStats.row("query: " + what, on.queries(), off.queries()).ifPresent(rows::add);
        SliceStats.row("write: " + what, on.writes(), off.writes()).ifPresent(rows::add);
        figures.addAll(figures(what, on, off));
    }

    private List<AskingUser> users(Load load, Habit habit, BenchTask.Options options, BenchWatch watch) {
        List<AskingUser> users = new ArrayList<>();
        for (int i = 0; i < load.users(); i++) {
            UUID user = new LargeUser(ground).make(size(options), watch);
            users.add(new AskingUser(ground.engine(), user, habit, i * APART));
        }
        return users;
    }

    private static List<BenchReport.Figure> figures(String what, SpeculationSide on, SpeculationSide off) {
        long queries = on.queries().messages();
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
