package dev.memfuse.load.report;

import java.util.Locale;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.shape.Shape;
import dev.memfuse.metrics.stats.Numbers;

/// Describes the offered load of a run, the same everywhere: from its start to now, when it was changed.
public final class OfferedLoad {
    private OfferedLoad() {}

    /// Returns the load in one line: `open, 200 → 300 ops/s`, `closed, 8 calls`.
    ///
    /// @param now the load that is offered now, or at the end
    public static String of(Workload workload, double now) {
        return switch (workload.arrival()) {
            case Arrival.Open open -> "open, " + shape(open) + range(open.level(), now) + " ops/s";
            case Arrival.Closed closed -> "closed, " + calls(closed.concurrency(), now)
                    + (now == 1 && closed.concurrency() == 1 ? " call" : " calls");
        };
    }

    /// Returns the sentence part for the head of a report.
    static String headline(Workload workload, double now) {
        return switch (workload.arrival()) {
            case Arrival.Open open -> String.format(Locale.ROOT, "Open model, %s%s arrivals at %s/s", shape(open),
                    open.process() == ArrivalProcess.POISSON ? "Poisson" : "constant", range(open.level(), now));
            case Arrival.Closed closed -> String.format(Locale.ROOT, "Closed model, concurrency %s%s",
                    calls(closed.concurrency(), now), thinking(closed));
        };
    }

    /// Returns the shape with a blank after it; empty for a steady rate.
    private static String shape(Arrival.Open open) {
        return open.shape() instanceof Shape.Steady ? "" : open.shape().label() + " ";
    }

    private static String thinking(Arrival.Closed closed) {
        return closed.thinkTime().isZero()
                ? ""
                : ", think time " + Numbers.seconds(closed.thinkTime().toMillis() / 1e3);
    }

    private static String calls(int first, double now) {
        long last = Math.round(now);
        return first == last ? Numbers.count(first) : Numbers.count(first) + " → " + Numbers.count(last);
    }

    private static String range(double first, double now) {
        return first == now ? Numbers.rate(first) : Numbers.rate(first) + " → " + Numbers.rate(now);
    }
}
