package dev.memfuse.bootstrap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.cli.BenchReport;
import dev.memfuse.cli.BenchTask;

/// The engine's add path with bypass beside the bare statement it ends in: same rows, same number of connections.
final class AddBench implements Benchmark {
    private static final double TARGET = 0.85;

    private final BenchGround ground;

    AddBench(BenchGround ground) {
        this.ground = ground;
    }

    @Override
    public String name() {
        return "add";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Slices.planned(options, 2).multipliedBy(options.connections().size());
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, Watch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        for (int connections : options.connections()) {
            watch.step("add with " + connections + (connections == 1 ? " connection" : " connections"));
            try (Settings settings = new Settings(ground.tunables());
                    BareCalls bare = new BareCalls(ground.engine(), ground.target(), options.batchSize())) {
                settings.set("buffer.bypass_mode", true).set("postgres.pool_size", connections)
                        .set("postgres.max_overflow", 0);
                compare(connections, bare, Slices.of(options, watch), options).ifPresent(row -> {
                    rows.add(row);
                    BenchReport.Ratio ratio = row.ratio();
                    figures.add(new BenchReport.Figure("ratio at " + connections, ratio == null ? null : ratio.median(),
                            "", BenchReport.Target.atLeast(TARGET)));
                });
            }
        }
        return new BenchReport.Result(name(),
                "add of %d messages, committed, beside the bare JDBC statement; callers wait for their answer (closed loop)"
                        .formatted(options.batchSize()),
                "the commit's flush to disk at few connections, the cores of client and server at many", rows,
                figures);
    }

    private Optional<BenchReport.Row> compare(int connections, BareCalls bare, Slices slices,
            BenchTask.Options options) throws InterruptedException {
        Contender engine = Contender.of("engine", BareCalls.engine(ground.engine(),
                Sessions.many(ground.engine(), connections), options.batchSize()));
        Contender floor = Contender.of("bare statement", bare.inserts(connections));
        List<Tally> tallies = slices.run(List.of(engine, floor));
        return Tally.row("connections " + connections, tallies.get(0), tallies.get(1));
    }
}
