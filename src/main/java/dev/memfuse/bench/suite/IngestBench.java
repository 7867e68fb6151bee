package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.baseline.StorageStats;

/// Compares sustained ingest without embedding, in batches of a thousand turns, with the bare statement and with `COPY`
/// for the same rows: in bypass mode, and in journal mode until everything is in the database.
final class IngestBench implements Benchmark {
    private static final int BATCH = 1_000;
    private static final double TARGET_PER_S = 50_000;

    private final BenchTarget target;

    IngestBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "ingest";
    }

    private static List<Integer> callers(BenchTask.Options options) {
        return options.extent() == BenchTask.Extent.QUICK ? List.of(4) : List.of(1, 2, 4);
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, 3).multipliedBy(2L * callers(options).size());
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        for (int callers : callers(options)) {
            try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
                settings.set("buffer.bypass_mode", true);
                watch.step("ingest with bypass, callers " + callers);
                compare("bypass, callers " + callers, callers, Interleaving.of(options, watch), rows, figures);
                settings.set("buffer.bypass_mode", false).set("buffer.durability", "journal");
                watch.step("ingest through the journal, callers " + callers);
                compare("journal, callers " + callers, callers, Interleaving.of(options, watch), rows, figures);
            }
        }
        return new BenchReport.Result(name(),
                "turns of 170 bytes in batches of 1000 until they are stored; journal mode counts the time to drain",
                "the cores: PostgreSQL's work for each row, its three indexes and its foreign key", rows, figures);
    }

    private void compare(String what, int callers, Interleaving slices, List<BenchReport.Row> rows,
            List<BenchReport.Figure> figures) throws InterruptedException {
        List<SessionKey> sessions = NewSessions.many(target.engine(), callers);
        try (BaselineCalls baseline = new BaselineCalls(target, BATCH)) {
            List<SliceStats> stats = slices.run(List.of(
                    Candidate.of("engine", BaselineCalls.engine(target.engine(), sessions, BATCH))
                            .drainedBy(target.engine()::flush),
                    Candidate.of("bare statement", baseline.inserts(callers)),
                    Candidate.of("bare COPY", baseline.copies(callers))));
            SliceStats engine = stats.getFirst();
            SliceStats.row(what, engine, stats.get(1)).ifPresent(rows::add);
            SliceStats.row(what, engine, stats.get(2)).ifPresent(rows::add);
            if (!engine.isEmpty()) {
                figures.add(new BenchReport.Figure("turns/s, " + what, engine.perSecond(), "turns/s",
                        BenchReport.Target.atLeast(TARGET_PER_S)));
            }
            figures.add(new BenchReport.Figure("acknowledged and not stored once, " + what, lost(sessions), "turns",
                    BenchReport.Target.atMost(0)));
        }
    }

    /// Returns the difference between assigned sequence numbers and stored messages: missing or duplicated messages.
    private double lost(List<SessionKey> sessions) {
        List<UUID> users = sessions.stream().map(SessionKey::userId).toList();
        try (StorageStats stats = target.openStorageStats()) {
            return Math.abs(stats.places(users) - stats.messages(users));
        }
    }
}
