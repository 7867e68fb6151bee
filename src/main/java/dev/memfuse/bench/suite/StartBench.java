package dev.memfuse.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.ExtractionWait;
import dev.memfuse.bench.harness.LiveHeap;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.metrics.FirstAccesses;
import dev.memfuse.metrics.stats.Percentiles;
import dev.memfuse.store.baseline.StorageStats;

/// Measures the resources of an engine: time to the first acknowledgement, first access of a user, heap for idle users,
/// bytes for a turn; and the start of the program with its window.
final class StartBench implements Benchmark {
    private static final Duration PLANNED = Duration.ofSeconds(90);
    private static final int PARTS = 6;
    private static final int TURNS_OF_A_ROUND = 10;
    private static final int STARTS = 7;
    /// Users after whom an engine has loaded all that it needs.
    private static final int FIRST_USERS = 20;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final BenchTarget target;

    StartBench(BenchTarget target) {
        this.target = target;
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
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Figure> figures = new ArrayList<>();
        watch.step("starting another engine");
        starts(figures, watch);
        boolean quick = options.extent() == BenchTask.Extent.QUICK;
        if (!watch.stopped()) {
            watch.step("accessing the service of new users");
            int users = quick ? 2 : 8;
            figures.add(BenchReport.Figure.of("first access of a user, p50", firstAccess(true, users), "ms"));
            figures.add(BenchReport.Figure.of("first access of a user without the service cache, p50",
                    firstAccess(false, users), "ms"));
        }
        watch.passed(PLANNED.dividedBy(PARTS));
        if (!watch.stopped()) {
            watch.step("counting the heap of idle users");
            figures.add(BenchReport.Figure.of("heap for 1,000 idle users", heap(quick ? 200 : 2_000, watch) / 1024,
                    "KiB"));
        }
        watch.passed(PLANNED.dividedBy(PARTS));
        if (!watch.stopped()) {
            watch.step("counting the bytes of a turn");
            bytes(quick ? 200 : 5_000, figures);
        }
        watch.passed(PLANNED.dividedBy(PARTS));
        if (!watch.stopped()) {
            program(figures, watch, quick);
        }
        watch.passed(PLANNED.dividedBy(PARTS).multipliedBy(2));
        return new BenchReport.Result(name(),
                "start to first acknowledged message in this running JVM, with the embedded server already unpacked; "
                        + "first access of users, heap of users and bytes of turns; start of the whole program, as "
                        + "this one was started, from the command to the first frame and to the ready engine",
                "initdb at the first start, PostgreSQL's own start at later ones; the window by the classes and style "
                        + "sheets that it needs",
                List.of(), figures);
    }

    private void starts(List<BenchReport.Figure> figures, BenchWatch watch) throws InterruptedException {
        Path folder = target.folder().resolveSibling("bench-start-" + ProcessHandle.current().pid());
        try {
            figures.add(BenchReport.Figure.of("first start to first acknowledged message", start(folder), "ms"));
            if (!watch.stopped()) {
                figures.add(BenchReport.Figure.of("later start to first acknowledged message", start(folder), "ms"));
            }
        } finally {
            remove(folder);
        }
        watch.passed(PLANNED.dividedBy(PARTS));
    }

    private void program(List<BenchReport.Figure> figures, BenchWatch watch, boolean quick)
            throws InterruptedException {
        Path folder = target.folder().resolveSibling("bench-program-" + ProcessHandle.current().pid());
        try {
            new ProgramStarts(target, folder, quick ? 2 : STARTS, quick ? Duration.ZERO : IDLE).measure(figures, watch);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) {
        try {
            FolderRemoval.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be deleted: " + FileFailures.reason(e), e);
        }
    }

    private double start(Path folder) throws InterruptedException {
        long started = System.nanoTime();
        try (BenchTarget.StartedEngine other = target.start(folder)) {
            MemoryEngine engine = other.engine();
            engine.addBatch(NewSessions.one(engine), SampleTexts.batch(0, 1));
            return (System.nanoTime() - started) / 1e6;
        }
    }

    /// Returns the median time of the first access of new users, one after the other, in milliseconds.
    private double firstAccess(boolean cache, int users) {
        try (SettingsGuard settings = new SettingsGuard(target.tunables());
                FirstAccesses accesses = target.collectFirstAccesses()) {
            settings.set("services.cache", cache);
            for (int i = 0; i < users; i++) {
                target.engine().messages(NewSessions.one(target.engine()), 1, Order.OLDEST_FIRST);
            }
            return Percentiles.ms(accesses.nanos(), 50);
        }
    }

    /// Returns the bytes of heap for a thousand users with one stored message each, after a collection. What the first
    /// users load, like the vocabularies of the layers, is not counted, and nothing is counted before the layers are
    /// built.
    private double heap(int users, BenchWatch watch) throws InterruptedException {
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            settings.set("buffer.bypass_mode", false).set("buffer.durability", "journal");
            addUsers(FIRST_USERS, watch);
            long before = LiveHeap.settledBytes(watch);
            addUsers(users, watch);
            return (LiveHeap.settledBytes(watch) - before) * 1_000.0 / users;
        }
    }

    private void addUsers(int users, BenchWatch watch) {
        for (int i = 0; i < users; i++) {
            target.engine().addBatch(NewSessions.one(target.engine()), SampleTexts.batch(i, 1));
        }
        target.engine().flush();
        boolean _ = ExtractionWait.await(target.engine(), watch);
    }

    private void bytes(int rounds, List<BenchReport.Figure> figures) {
        try (SettingsGuard settings = new SettingsGuard(target.tunables());
                StorageStats stats = target.openStorageStats()) {
            settings.set("buffer.bypass_mode", true);
            SessionKey session = NewSessions.one(target.engine());
            long before = stats.bytes();
            for (int i = 0; i < rounds; i++) {
                target.engine().addBatch(session, SampleTexts.batch(i, TURNS_OF_A_ROUND));
            }
            figures.add(BenchReport.Figure.of("bytes in the database of a turn of 170 bytes, rounds of 10",
                    (double) (stats.bytes() - before) / (rounds * TURNS_OF_A_ROUND), "bytes"));
            settings.set("buffer.bypass_mode", false).set("buffer.durability", "journal");
            target.engine().flush();
            target.engine().addBatch(session, SampleTexts.batch(0, TURNS_OF_A_ROUND));
            figures.add(BenchReport.Figure.of("bytes in the journal of a turn of 170 bytes, rounds of 10",
                    (double) target.journalBytes() / TURNS_OF_A_ROUND, "bytes"));
            target.engine().flush();
        }
    }
}
