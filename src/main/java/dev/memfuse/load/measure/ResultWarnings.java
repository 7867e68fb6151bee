package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.LoadDataRemoval;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.metrics.stats.Percentiles;

/// Collects sentences about limits of the validity of a run's figures. One thread.
public final class ResultWarnings {
    private static final double SETTLED = 0.10;
    private static final double WAITING_SHARE = 0.01;
    private static final double NOTED_DRAIN_SECONDS = 1;
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

    /// Checks whether arrivals of an open run were dropped.
    public void checkDropped(ArrivalResult arrival) {
        if (arrival.dropped() > 0) {
            add(String.format(Locale.ROOT,
                    "%,d of %,d arrivals %s dropped because the limit of operations in flight "
                            + "was reached; the percentiles cover only those that started.",
                    arrival.dropped(), arrival.scheduled(), arrival.dropped() == 1 ? "was" : "were"));
        }
    }

    /// Checks whether operations ended after the measured part.
    ///
    /// @param late number of operations
    /// @param drainSeconds time until the last one ended
    public void checkDrain(long late, double drainSeconds) {
        if (late > 0 && drainSeconds >= NOTED_DRAIN_SECONDS) {
            add(String.format(Locale.ROOT, "%,d %s after the measured part, the last one %.1f s after it; "
                    + "throughput counts what ended within it.", late,
                    late == 1 ? "operation ended" : "operations ended", drainSeconds));
        }
    }

    /// Checks whether acknowledged messages are missing in the database although the limits accept it.
    public void checkStorage(StorageResult storage) {
        if (storage.unsaved() > 0) {
            add(unsaved(storage));
        }
    }

    /// Checks whether users of the load are left.
    public void checkRemoval(LoadDataRemoval.Outcome removal) {
        if (removal.left() > 0) {
            add(removal.sentence());
        }
    }

    /// Notes that the users of the load are kept.
    public void kept() {
        add("The users of the load are kept, since messages of theirs are not stored yet. 'load-data remove' removes "
                + "them.");
    }

    /// Returns the sentence about messages that are not in the database.
    static String unsaved(StorageResult storage) {
        return String.format(Locale.ROOT, "%,d of %,d acknowledged %s not in the database: %s", storage.unsaved(),
                storage.acknowledged(), storage.acknowledged() == 1 ? "message is" : "messages are",
                storage.databaseAway()
                        ? "it cannot be reached. What is in the journal is stored when it is back."
                        : "they wait in the journal or in the buffers, or were refused. The log says why.");
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
            for (double percentile : Percentiles.shown()) {
                if (!Percentiles.reliable(operation.samples(), percentile)) {
                    rough.add(Percentiles.name(percentile));
                }
            }
            if (!rough.isEmpty()) {
                add(String.format(Locale.ROOT,
                        "%s: few samples (%,d): fewer than 100 lie above %s, so %s rough.", name,
                        operation.samples(), String.join(", ", rough), rough.size() == 1 ? "it is" : "they are"));
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

    /// Checks whether adds waited because every user was busy.
    ///
    /// @param waits adds that waited for a user
    /// @param adds adds in total
    public void checkUsers(long waits, long adds) {
        if (adds > 0 && waits > WAITING_SHARE * adds) {
            add(String.format(Locale.ROOT,
                    "%,d %s waited because every user was adding (a user's adds never overlap). More users "
                            + "allow more concurrent adds.",
                    waits, waits == 1 ? "add" : "adds"));
        }
    }

    /// Checks for pauses of the process.
    ///
    /// @param maxMs longest pause in milliseconds
    /// @param latency of all operations
    public void checkHiccups(double maxMs, Percentiles latency) {
        if (maxMs > latency.p99() && maxMs > 10) {
            add(String.format(Locale.ROOT,
                    "The process paused for up to %,.0f ms (collector, machine or a busy processor); the "
                            + "highest percentiles include that.",
                    maxMs));
        }
    }
}
