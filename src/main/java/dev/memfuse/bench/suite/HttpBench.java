package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.memfuse.background.BackgroundThreads;
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
import dev.memfuse.metrics.stats.Interval;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/// Compares adds over HTTP with the same adds in process: first as fast as each goes, then at half the rate of HTTP.
final class HttpBench implements Benchmark {
    private static final int CONNECTIONS = 32;
    private static final double RATIO_TARGET = 0.7;
    private static final double P99_TARGET_MS = 2;
    /// Samples for a reliable p99, with a margin: the rate is a mean.
    private static final int P99_SAMPLES = 11_000;
    private static final int LONGER = 12;
    /// Until most of the code of a request is compiled. On two processors the compiler takes a quarter of their time
    /// during the first half minute, and almost all of it for the code of HTTP, since the engine is warm already.
    private static final Duration COMPILED = Duration.ofSeconds(15);
    /// Different requests of each connection.
    private static final int BATCHES = 32;

    private final BenchTarget target;

    HttpBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(warm(options), 2).plus(Interleaving.planned(options, 2));
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables());
                BenchTarget.ServedEngine served = target.openServer()) {
            settings.set("buffer.bypass_mode", true);
            List<SessionKey> sessions = NewSessions.many(target.engine(), CONNECTIONS);
            List<SessionKey> others = NewSessions.many(target.engine(), CONNECTIONS);
            // Threads of their own, as those of a client in another process: it does not wait for those of the server.
            Candidate http = Candidate.of("HTTP", calls(served, sessions, options.batchSize()))
                    .onThreads(BackgroundThreads.platform("bench-client").factory());
            Candidate inProcess = Candidate.of("in process",
                    BaselineCalls.engine(target.engine(), others, options.batchSize()));
            watch.step("http, as fast as it goes");
            List<SliceStats> fast = Interleaving.of(warm(options), watch).run(List.of(http, inProcess));
            SliceStats.row("connections " + CONNECTIONS, fast.getFirst(), fast.getLast()).ifPresent(row -> {
                rows.add(row);
                BenchReport.Ratio ratio = row.ratio();
                figures.add(new BenchReport.Figure("ratio at " + CONNECTIONS, ratio == null ? null : ratio.median(), "",
                        BenchReport.Target.atLeast(RATIO_TARGET)));
            });
            if (!fast.getFirst().isEmpty() && !watch.stopped()) {
                halfLoad(http, inProcess, fast.getFirst().perSecond() / options.batchSize() / 2, options, watch, rows,
                        figures);
            }
        }
        return new BenchReport.Result(name(),
                String.format(Locale.ROOT, "add of %d messages over HTTP, committed, compared with the call in "
                        + "process; client and server in one process", options.batchSize()),
                "the processors: client, server and engine share them; JSON twice, and the threads of a request", rows,
                figures);
    }

    private static BenchTask.Options warm(BenchTask.Options options) {
        boolean enough = options.extent() == BenchTask.Extent.QUICK || options.warmup().compareTo(COMPILED) > 0;
        return enough
                ? options
                : new BenchTask.Options(options.names(), options.extent(), options.duration(), COMPILED,
                        options.batchSize(), options.connections());
    }

    private static List<Candidate.Call> calls(BenchTarget.ServedEngine served, List<SessionKey> sessions,
            int batchSize) {
        List<Candidate.Call> calls = new ArrayList<>();
        for (SessionKey session : sessions) {
            int first = calls.size() * BATCHES * batchSize;
            Runnable client = served.client(session, IntStream.range(0, BATCHES)
                    .mapToObj(batch -> SampleTexts.batch(first + batch * batchSize, batchSize)).toList());
            calls.add(() -> {
                client.run();
                return batchSize;
            });
        }
        return calls;
    }

    /// @param perSecond calls of each side per second
    private static void halfLoad(Candidate http, Candidate inProcess, double perSecond, BenchTask.Options options,
            BenchWatch watch, List<BenchReport.Row> rows, List<BenchReport.Figure> figures)
            throws InterruptedException {
        watch.step("http, at half load");
        double perCaller = perSecond / CONNECTIONS;
        AtomicLong seed = new AtomicLong();
        ConcurrentHistogram lateness = new ConcurrentHistogram(3);
        List<SliceStats> paced = new Interleaving(options.warmup(), enough(perSecond, options),
                Interleaving.rounds(options), watch).run(
                        List.of(paced(http, perCaller, seed, lateness),
                                paced(inProcess, perCaller, seed, lateness)));
        SliceStats.rowAtGivenRate(String.format(Locale.ROOT, "half load, %.0f calls/s", perSecond), paced.getFirst(),
                paced.getLast()).ifPresent(rows::add);
        // A disk that stands still for 0.3 s once in 20 s decides the p99 of the side that waits for it.
        figures.add(new BenchReport.Figure("p99 over HTTP beyond that in process, at half load, median of slices",
                SliceStats.medianDifferenceMs(paced.getFirst(), paced.getLast(), 99), "ms",
                BenchReport.Target.atMost(P99_TARGET_MS)));
        Interval interval = SliceStats.differenceMs(paced.getFirst(), paced.getLast(), 99);
        figures.add(BenchReport.Figure.of("the same, lower end of its 95 % interval",
                interval == null ? null : interval.low(),
                "ms"));
        figures.add(BenchReport.Figure.of("the same, upper end of its 95 % interval",
                interval == null ? null : interval.high(), "ms"));
        figures.add(BenchReport.Figure.of("the same of all calls, with what the disk held up",
                difference(paced.getFirst().percentileMs(99), paced.getLast().percentileMs(99)), "ms"));
        figures.add(BenchReport.Figure.of("p50 over HTTP beyond that in process, at half load",
                difference(paced.getFirst().percentileMs(50), paced.getLast().percentileMs(50)), "ms"));
    }

    /// Returns a time in which a p99 becomes reliable, within limits.
    private static Duration enough(double perSecond, BenchTask.Options options) {
        Duration samples = Duration.ofMillis(Math.round(P99_SAMPLES / perSecond * 1_000));
        Duration longest = options.duration()
                .multipliedBy(options.extent() == BenchTask.Extent.QUICK ? 1 : LONGER);
        return samples.compareTo(options.duration()) < 0
                ? options.duration()
                : samples.compareTo(longest) < 0 ? samples : longest;
    }

    private static Candidate paced(Candidate candidate, double perSecond, AtomicLong seed,
            ConcurrentHistogram lateness) {
        return candidate.paced(
                () -> new PoissonPace(perSecond, new SplittableRandom(seed.incrementAndGet()), lateness));
    }

    private static @Nullable Double difference(@Nullable Double more, @Nullable Double less) {
        return more == null || less == null ? null : (Double) (more - less);
    }
}
