package dev.memfuse.cli.terminal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.target.JvmReading;
import dev.memfuse.target.PollCost;
import dev.memfuse.target.PoolFigures;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import org.jspecify.annotations.Nullable;

/// The figures of a target as lines, one for each pool and second, and as a report. One thread.
public final class WatchedTarget {
    private static final int MAX_SECONDS = 36_000;
    private static final double MILLI = 1e6;
    private static final double MEBI = 1 << 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String LINE = "%-8s  %-20s  %7s  %5s  %5s  %7s  %5s  %5s  %5s  %8s  %9s";

    private final TargetSession session;
    private final Optional<String> pool;
    private final ArrayDeque<Second> seconds = new ArrayDeque<>();
    private long sequence;
    private int marks;
    private boolean headed;
    private boolean missing;

    /// A pool in one second.
    ///
    /// @param activeMean connections in use, mean of the samples
    /// @param maximum largest number of connections that the pool opens
    /// @param heapMib heap in use
    /// @param processor share of all processors, 0..1; null when the JVM does not tell
    public record Second(Instant at, String pool, double activeMean, int activeMax, double idleMean,
            double waitingMean, int waitingMax, int total, int maximum, double heapMib, @Nullable Double processor,
            Map<String, Long> settings) {}

    /// A mark of a report.
    public record Mark(Instant at, String text) {}

    /// What was watched.
    ///
    /// @param target its address, without user and password
    /// @param seconds at most the last 36,000
    public record Report(String target, String jvm, PollCost cost, List<Second> seconds, List<Mark> marks) {}

    /// @param pool name of the only pool to print; empty for all
    public WatchedTarget(TargetSession session, Optional<String> pool) {
        this.session = session;
        this.pool = pool;
    }

    /// Returns the target as one line.
    public String title() {
        return switch (session.state()) {
            case TargetState.Connected connected -> connected.jvm().label() + ", " + connected.jvm().version();
            case TargetState.Lost lost -> lost.jvm().label() + " is away: " + lost.reason();
            case TargetState.Connecting _,TargetState.Refused _,TargetState.Closed _ ->
                session.target().address().toString();
        };
    }

    /// Prints what arrived since the last call.
    ///
    /// @param out receives a line for each pool
    /// @param problems receives losses, returns and what is missing
    public void next(Consumer<String> out, Consumer<String> problems) {
        List<TargetSample> samples = session.samplesAfter(sequence);
        List<EventMark> all = session.marks();
        for (EventMark mark : all.subList(Math.min(marks, all.size()), all.size())) {
            problems.accept(time(mark.at()) + "  " + mark.text());
        }
        marks = all.size();
        if (samples.isEmpty()) {
            return;
        }
        sequence = samples.getLast().sequence();
        List<PoolFigures> figures = PoolFigures.of(samples).stream()
                .filter(found -> pool.isEmpty() || pool.get().equals(found.pool())).toList();
        warnOnce(figures, samples.getLast(), problems);
        JvmReading jvm = samples.getLast().jvm();
        for (PoolFigures found : figures) {
            if (!headed) {
                out.accept(String.format(Locale.ROOT, LINE, "time", "pool", "in use", "peak", "idle", "waiting",
                        "peak", "open", "limit", "heap MiB", "processor").stripTrailing());
                headed = true;
            }
            out.accept(line(found, jvm));
            keep(found, jvm);
        }
    }

    private void warnOnce(List<PoolFigures> figures, TargetSample newest, Consumer<String> problems) {
        if (figures.isEmpty() && !missing) {
            problems.accept(pool.isEmpty()
                    ? "The JVM has no HikariCP pool with MBeans (registerMbeans=true) yet."
                    : "The JVM has no pool " + pool.get() + ". It has: "
                            + newest.pools().stream().map(found -> found.name()).toList());
        }
        missing = figures.isEmpty();
    }

    private static String line(PoolFigures found, JvmReading jvm) {
        return String.format(Locale.ROOT, LINE, time(found.at()), found.pool(), mean(found.active()),
                gauge(found.active().max()), mean(found.idle()), mean(found.waiting()), gauge(found.waiting().max()),
                gauge(found.now().total()), gauge(found.now().maximum()),
                String.format(Locale.ROOT, "%.1f", jvm.heapUsed() / MEBI),
                Double.isNaN(jvm.processor()) ? "-" : String.format(Locale.ROOT, "%.1f %%", jvm.processor() * 100))
                .stripTrailing();
    }

    private static String mean(PoolFigures.Range range) {
        return range.varies() ? String.format(Locale.ROOT, "%.1f", range.mean()) : gauge(range.max());
    }

    private static String gauge(int value) {
        return value == PoolReading.UNKNOWN ? "-" : Integer.toString(value);
    }

    private void keep(PoolFigures found, JvmReading jvm) {
        if (seconds.size() == MAX_SECONDS) {
            seconds.removeFirst();
        }
        Map<String, Long> settings = new TreeMap<>();
        found.now().settings().forEach((setting, value) -> settings.put(setting.key(), value));
        seconds.addLast(new Second(found.at(), found.pool(), found.active().mean(), found.active().max(),
                found.idle().mean(), found.waiting().mean(), found.waiting().max(), found.now().total(),
                found.now().maximum(), jvm.heapUsed() / MEBI,
                Double.isNaN(jvm.processor()) ? null : (Double) jvm.processor(), settings));
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    /// Returns what the polling costs, as a line.
    public List<String> cost() {
        PollCost cost = session.cost();
        return cost.perSecond() == 0
                ? List.of()
                : List.of(String.format(Locale.ROOT,
                        "Cost: %d polls and %d calls a second, %.2f ms a poll (p99 %.2f ms), %,d left out",
                        cost.perSecond(), cost.roundTrips(), cost.p50Nanos() / MILLI, cost.p99Nanos() / MILLI,
                        cost.skipped()));
    }

    /// Returns what was watched so far.
    public Report report() {
        List<Mark> texts = new ArrayList<>();
        session.marks().forEach(mark -> texts.add(new Mark(mark.at(), mark.text())));
        return new Report(session.target().address().toString(), title(), session.cost(), List.copyOf(seconds),
                texts);
    }
}
