package dev.memfuse.bootstrap.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.cli.BenchReport;
import dev.memfuse.cli.BenchTask;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.StoredFacts;

/// What an engine takes: time to its first acknowledgement, heap for idle users, bytes for a turn.
final class StartBench implements Benchmark {
    private static final Duration PLANNED = Duration.ofSeconds(20);
    private static final int TURNS_OF_A_ROUND = 10;

    private final BenchGround ground;

    StartBench(BenchGround ground) {
        this.ground = ground;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return PLANNED;
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, Watch watch) throws InterruptedException {
        List<BenchReport.Figure> figures = new ArrayList<>();
        watch.step("starting another engine");
        starts(figures, watch);
        boolean quick = options.extent() == BenchTask.Extent.QUICK;
        if (!watch.stopped()) {
            watch.step("counting the heap of idle users");
            figures.add(BenchReport.Figure.of("heap for 1,000 idle users", heap(quick ? 200 : 2_000) / 1024,
                    "KiB"));
        }
        watch.passed(PLANNED.dividedBy(3));
        if (!watch.stopped()) {
            watch.step("counting the bytes of a turn");
            bytes(quick ? 200 : 5_000, figures);
        }
        watch.passed(PLANNED.dividedBy(3));
        return new BenchReport.Result(name(),
                "start to first acknowledged message in this running JVM, embedded server unpacked already; "
                        + "heap and bytes that users and turns take",
                "initdb at the first start, PostgreSQL's own start at later ones", List.of(), figures);
    }

    private void starts(List<BenchReport.Figure> figures, Watch watch) throws InterruptedException {
        Path folder = ground.folder().resolveSibling("bench-start-" + ProcessHandle.current().pid());
        try {
            figures.add(BenchReport.Figure.of("first start to first acknowledged message", start(folder), "ms"));
            if (!watch.stopped()) {
                figures.add(BenchReport.Figure.of("later start to first acknowledged message", start(folder), "ms"));
            }
        } finally {
            Folders.remove(folder);
        }
        watch.passed(PLANNED.dividedBy(3));
    }

    private double start(Path folder) throws InterruptedException {
        long begun = System.nanoTime();
        try (BenchGround.Started started = ground.start(folder)) {
            MemoryEngine engine = started.engine();
            engine.addBatch(Sessions.one(engine), Turns.batch(0, 1));
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    /// Bytes for a thousand users with one message each, stored, after a collection.
    private double heap(int users) {
        try (Settings settings = new Settings(ground.tunables())) {
            settings.set("buffer.bypass_mode", false).set("buffer.durability", "journal");
            ground.engine().flush();
            long before = LiveHeap.bytes();
            for (int i = 0; i < users; i++) {
                ground.engine().addBatch(Sessions.one(ground.engine()), Turns.batch(i, 1));
            }
            ground.engine().flush();
            return (LiveHeap.bytes() - before) * 1_000.0 / users;
        }
    }

    private void bytes(int rounds, List<BenchReport.Figure> figures) {
        try (Settings settings = new Settings(ground.tunables());
                StoredFacts facts = StoredFacts.open(ground.target())) {
            settings.set("buffer.bypass_mode", true);
            SessionKey session = Sessions.one(ground.engine());
            long before = facts.bytes();
            for (int i = 0; i < rounds; i++) {
                ground.engine().addBatch(session, Turns.batch(i, TURNS_OF_A_ROUND));
            }
            figures.add(BenchReport.Figure.of("bytes in the database of a turn of 170 bytes, rounds of 10",
                    (double) (facts.bytes() - before) / (rounds * TURNS_OF_A_ROUND), "bytes"));
            settings.set("buffer.bypass_mode", false).set("buffer.durability", "journal");
            ground.engine().flush();
            ground.engine().addBatch(session, Turns.batch(0, TURNS_OF_A_ROUND));
            figures.add(BenchReport.Figure.of("bytes in the journal of a turn of 170 bytes, rounds of 10",
                    (double) ground.journal().backlogBytes() / TURNS_OF_A_ROUND, "bytes"));
            ground.engine().flush();
        }
    }
}
