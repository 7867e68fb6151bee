package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;

/// Compares the engine's add path in bypass mode with the bare statement in which it ends: same rows, same number of
/// connections.
final class AddBench implements Benchmark {
    private static final double TARGET = 0.85;

    private final BenchTarget target;

    AddBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "add";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, 2).multipliedBy(options.connections().size());
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        for (int connections : options.connections()) {
            watch.step("add with " + connections + (connections == 1 ? " connection" : " connections"));
            try (SettingsGuard settings = new SettingsGuard(target.tunables());
                    BaselineCalls baseline = new BaselineCalls(target, options.batchSize())) {
                settings.set("buffer.bypass_mode", true).set("postgres.pool_size", connections)
                        .set("postgres.max_overflow", 0);
                compare(connections, baseline, Interleaving.of(options, watch), options).ifPresent(row -> {
                    rows.add(row);
                    BenchReport.Ratio ratio = row.ratio();
                    figures.add(new BenchReport.Figure("ratio at " + connections, ratio == null ? null : ratio.median(),
                            "", BenchReport.Target.atLeast(TARGET)));
                });
            }
        }
        return new BenchReport.Result(name(),
                String.format(Locale.ROOT,
                        "add of %d messages, committed, compared with the bare JDBC statement; closed loop",
                        options.batchSize()),
                "the commit's flush to disk at few connections, the cores of client and server at many", rows,
                figures);
    }

    private Optional<BenchReport.Row> compare(int connections, BaselineCalls baseline, Interleaving slices,
            BenchTask.Options options) throws InterruptedException {
        Candidate engine = Candidate.of("engine", BaselineCalls.engine(target.engine(),
                NewSessions.many(target.engine(), connections), options.batchSize()));
        Candidate insert = Candidate.of("bare statement", baseline.inserts(connections));
        List<SliceStats> stats = slices.run(List.of(engine, insert));
        return SliceStats.row("connections " + connections, stats.get(0), stats.get(1));
    }
}
