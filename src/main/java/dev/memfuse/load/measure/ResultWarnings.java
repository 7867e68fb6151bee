package dev.memfuse.load.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.metrics.stats.Percentiles;

/// Collects sentences about limits of the validity of a run's figures. One thread.
public final class ResultWarnings {
    private static final double ACHIEVED = 0.99;
    private static final double LAG_SHARE = 0.10;
    private static final double SETTLED = 0.10;
    private static final double WAITING_SHARE = 0.01;
    private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9};
    private static final String[] NAMES = {"p50", "p90", "p95", "p99", "p99.9"};

    private static final String MORE_TIME = "Use a longer warm-up or a longer run.";

    private final List<String> sentences = new ArrayList<>();

    /// Returns the sentences in the order in which they were added.
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /// Adds a sentence.
    public void add(String sentence) {
        sentences.add(sentence);
    }

    /// Checks for an open run whether the engine kept up with the arrivals and the generator with its schedule.
    ///
    /// @param succeeded number of successful operations
    /// @param planned seconds in which operations were due
    /// @param seconds seconds until the last operation ended
    /// @param latency of all operations
    public void checkArrivals(ArrivalResult arrival, long succeeded, double planned, double seconds,
            Percentiles latency) {
        if (!arrival.model().equals("open") || arrival.scheduled() == 0) {
            return;
        }
        if (arrival.dropped() > 0) {
            add(String.format(Locale.ROOT,
                    "%,d of %,d arrivals were dropped because the limit of operations in flight "
                            + "was reached; the percentiles cover only those that started.",
                    arrival.dropped(), arrival.scheduled()));
        }
        double achieved = succeeded / (double) arrival.scheduled() * Math.min(1, planned / seconds);
        if (achieved < ACHIEVED) {
            add(String.format(Locale.ROOT,
                    "Void as a measurement at this rate: only %.1f %% of the offered load was achieved "
                            + "(99 %% are needed).",
                    achieved * 100));
        }
        if (arrival.lagMs().p99() > LAG_SHARE * latency.p99()) {
            add(String.format(Locale.ROOT,
                    "Operations started late: p99 of the lag is %.2f ms, more than 10 %% of the latency's p99 "
                            + "(%.2f ms). The difference between latency and service time is waiting outside the "
                            + "engine.",
                    arrival.lagMs().p99(), latency.p99()));
        }
    }

    /// Checks whether all adds were acknowledged with the same, safe durability.
    ///
    /// @param acknowledged number of adds by the label of their durability
    public void checkAcknowledgements(Map<String, Long> acknowledged) {
        long adds = acknowledged.values().stream().mapToLong(Long::longValue).sum();
        long unsafe = acknowledged.getOrDefault(Acknowledgement.MEMORY.label(), 0L);
        if (unsafe > 0) {
            add(String.format(Locale.ROOT,
                    "Unsafe: %,d of %,d adds were acknowledged from memory and are lost when the program crashes "
                            + "before they are stored; do not compare their latency with that of durable adds.",
                    unsafe, adds));
        }
        if (acknowledged.values().stream().filter(count -> count > 0).count() > 1) {
            add("The adds of this run were acknowledged in different ways; their percentiles mix them.");
        }
    }

    /// Checks whether the percentiles are [reliable][Percentiles#reliable].
    public void checkSamples(Map<String, OperationResult> operations) {
        operations.forEach((name, operation) -> {
            List<String> rough = new ArrayList<>();
            for (int i = 0; i < PERCENTILES.length; i++) {
                if (!Percentiles.reliable(operation.count(), PERCENTILES[i])) {
                    rough.add(NAMES[i]);
                }
            }
            if (!rough.isEmpty()) {
                add(String.format(Locale.ROOT,
                        "%s: few samples (%,d): fewer than 100 lie above %s, so %s rough.", name,
                        operation.count(), String.join(", ", rough), rough.size() == 1 ? "it is" : "they are"));
            }
        });
    }

    /// Compares the first and the second half of the measured part: the throughput of a closed run; the median latency
    /// of an open one, whose throughput follows from the schedule.
    public void checkSteadyState(List<Point> timeline, boolean open) {
        int begin = 0;
        while (begin < timeline.size() && timeline.get(begin).warmup()) {
            begin++;
        }
        int size = timeline.size() - begin;
        if (size < 4) {
            return;
        }
        double first = mean(timeline, begin, begin + size / 2, open);
        double second = mean(timeline, begin + size / 2, timeline.size(), open);
        double larger = Math.max(first, second);
        if (first == 0 && second > 0) {
            add("Did not settle: no operation ended in the first half of the measured part. "
                    + MORE_TIME);
            return;
        }
        if (larger > 0 && Math.abs(first - second) / larger > (open ? 2.5 * SETTLED : SETTLED)) {
            add(String.format(Locale.ROOT,
                    "Did not settle: the %s of the second half of the measured part differs from the first by "
                            + "%+.0f %%. " + MORE_TIME,
                    open ? "median latency" : "throughput", (second / first - 1) * 100));
        }
    }

    /// Returns the mean of the points from `begin` to before `end`, weighted by their length, since the last one is
    /// short.
    private static double mean(List<Point> points, int begin, int end, boolean open) {
        double sum = 0;
        double since = begin == 0 ? 0 : points.get(begin - 1).seconds();
        double last = since;
        for (Point point : points.subList(begin, end)) {
            sum += (open ? point.p50() : point.throughput()) * (point.seconds() - last);
            last = point.seconds();
        }
        return last > since ? sum / (last - since) : 0;
    }

    /// Checks whether the database refused acknowledged rounds.
    ///
    /// @param rounds number of dead letters since the run started
    public void checkDeadLetters(int rounds) {
        if (rounds > 0) {
            add(String.format(Locale.ROOT, "The database refused %,d acknowledged %s for the content: see "
                    + "'dead-letters list'.", rounds, rounds == 1 ? "round" : "rounds"));
        }
    }

    /// Checks whether the drain completed.
    ///
    /// @param unfinished operations still in flight when the drain ended
    /// @param limit maximum duration of the drain
    public void checkDrained(int unfinished, Duration limit) {
        if (unfinished > 0) {
            add(String.format(Locale.ROOT,
                    "%,d operations did not end within %d s after the last arrival and are missing from all figures.",
                    unfinished, limit.toSeconds()));
        }
    }

    /// Checks whether adds waited because every user was busy.
    ///
    /// @param waits adds that waited for a user
    /// @param adds adds in total
    public void checkUsers(long waits, long adds) {
        if (adds > 0 && waits > WAITING_SHARE * adds) {
            add(String.format(Locale.ROOT,
                    "%,d adds waited because every user was adding (a user's adds never overlap). More users "
                            + "allow more concurrent adds.",
                    waits));
        }
    }

    /// Checks for pauses of the process.
    ///
    /// @param maxMs longest pause in milliseconds
    /// @param latency of all operations
    public void checkHiccups(double maxMs, Percentiles latency) {
        if (maxMs > latency.p99() && maxMs > 10) {
            add(String.format(Locale.ROOT,
                    "The process paused for up to %.1f ms (collector, machine or a busy processor); the "
                            + "highest percentiles include that.",
                    maxMs));
        }
    }
}
