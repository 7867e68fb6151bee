package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.PoissonPace;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Compares the durable acknowledgement of one message in journal mode with a minimal group commit of records of the
/// same size on the same disk. The engine stores into the database at the same time, on the same cores.
final class JournalBench implements Benchmark {
    private static final List<Integer> WRITERS = List.of(1, 8, 64);
    private static final int MANY = 64;
    private static final double OPEN_PER_S = 5_000;
    private static final double P50_TARGET_MS = 1;
    private static final double P99_TARGET_MS = 5;
    private static final String ARRIVALS = "64 writers, 5,000/s";

    private final BenchTarget target;

    JournalBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, 2).multipliedBy(WRITERS.size() + 1);
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            settings.set("buffer.bypass_mode", false).set("buffer.durability", "journal");
            int recordBytes = recordBytes();
            try (ForceLoop loop = new ForceLoop(target.folder().resolve("bench"), recordBytes)) {
                for (int writers : WRITERS) {
                    watch.step("journal, " + writers + (writers == 1 ? " writer" : " writers"));
                    closedLoop(writers, loop, Interleaving.of(options, watch), rows, figures);
                }
                watch.step("journal, " + ARRIVALS);
                openLoop(loop, Interleaving.of(options, watch), rows, figures);
            }
            figures.add(BenchReport.Figure.of("record in the journal", (double) recordBytes, "bytes"));
        }
        return new BenchReport.Result(name(),
                "durable acknowledgement of one message of 170 bytes in journal mode, compared with a minimal "
                        + "group commit",
                "the disk's force at few writers; at many the cores, which storing into PostgreSQL shares", rows,
                figures);
    }

    /// Returns the size of one message in the journal. The message stays in the RoundBuffer until the flush.
    private int recordBytes() {
        SessionKey session = NewSessions.one(target.engine());
        target.engine().flush();
        target.engine().addBatch(session, SampleTexts.batch(0, 1));
        int bytes = Math.toIntExact(target.journalBytes());
        target.engine().flush();
        return bytes;
    }

    private static List<Candidate.Call> appends(ForceLoop loop, int writers) {
        return IntStream.range(0, writers).mapToObj(_ -> (Candidate.Call) () -> {
            loop.append();
            return 1;
        }).toList();
    }

    private void closedLoop(int writers, ForceLoop loop, Interleaving slices, List<BenchReport.Row> rows,
            List<BenchReport.Figure> figures) throws InterruptedException {
        List<SessionKey> sessions = NewSessions.many(target.engine(), writers);
        try (DrainWait drain = new DrainWait(target, sessions)) {
            List<SliceStats> stats = slices.run(List.of(
                    Candidate.of("engine", BaselineCalls.engine(target.engine(), sessions, 1))
                            .afterEachSlice(drain::sliceEnded),
                    Candidate.of("bare loop", appends(loop, writers))));
            SliceStats engine = stats.getFirst();
            SliceStats.row("closed loop, writers " + writers, engine, stats.getLast()).ifPresent(rows::add);
            if (writers == MANY && !engine.isEmpty()) {
                figures.addAll(targets("closed loop, 64 writers", engine));
            }
            figures.addAll(drain.figures("closed loop, writers " + writers));
        }
    }

    private void openLoop(ForceLoop loop, Interleaving slices, List<BenchReport.Row> rows,
            List<BenchReport.Figure> figures) throws InterruptedException {
        Histogram lateness = new ConcurrentHistogram(3);
        SplittableRandom seeds = new SplittableRandom(1);
        List<SessionKey> sessions = NewSessions.many(target.engine(), MANY);
        try (DrainWait drain = new DrainWait(target, sessions)) {
            List<SliceStats> stats = slices.run(List.of(
                    Candidate.of("engine", BaselineCalls.engine(target.engine(), sessions, 1))
                            .paced(() -> pace(seeds, lateness)).afterEachSlice(drain::sliceEnded),
                    Candidate.of("bare loop", appends(loop, MANY)).paced(() -> pace(seeds, lateness))));
            SliceStats engine = stats.getFirst();
            SliceStats.rowAtGivenRate("open, " + ARRIVALS, engine, stats.getLast()).ifPresent(rows::add);
            if (!engine.isEmpty()) {
                figures.addAll(targets("open, " + ARRIVALS, engine));
                figures.add(BenchReport.Figure.of("lateness of the arrivals themselves, p99",
                        Percentiles.reliableMs(lateness, 99), "ms"));
            }
            figures.addAll(drain.figures("open, " + ARRIVALS));
        }
    }

    private static PoissonPace pace(SplittableRandom seeds, Histogram lateness) {
        synchronized (seeds) {
            return new PoissonPace(OPEN_PER_S / MANY, seeds.split(), lateness);
        }
    }

    private static List<BenchReport.Figure> targets(String what, SliceStats engine) {
        return List.of(
                new BenchReport.Figure("p50, " + what, engine.percentileMs(50), "ms",
                        BenchReport.Target.atMost(P50_TARGET_MS)),
                new BenchReport.Figure("p99, " + what, engine.percentileMs(99), "ms",
                        BenchReport.Target.atMost(P99_TARGET_MS)));
    }
}
