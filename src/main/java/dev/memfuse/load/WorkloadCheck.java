package dev.memfuse.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.shape.Shape;

/// Validates workloads.
public final class WorkloadCheck {
    private static final int MAX_USERS = 10_000;
    private static final int MAX_CONCURRENCY = 10_000;
    private static final int MAX_CALL = 1_000;
    private static final int MAX_THRESHOLDS = 1_000;
    private static final int MAX_MESSAGE = 10_000;
    private static final double MIN_RATE = 0.001;
    private static final double MAX_RATE = 1_000_000;
    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final Duration MAX_THINK_TIME = Duration.ofHours(1);
    private static final String RATE = "The rate must be 0.001 to 1,000,000 per second.";

    private final List<Problem> problems = new ArrayList<>();

    private WorkloadCheck() {}

    /// A value that is out of range.
    ///
    /// @param field its key in a scenario, for instance `arrival.concurrency`
    /// @param sentence for the user
    public record Problem(String field, String sentence) {}

    /// Checks a workload.
    ///
    /// @throws IllegalArgumentException when it is invalid; the message is for the user
    public static void check(Workload workload) {
        WorkloadCheck check = new WorkloadCheck();
        check.fields(workload);
        workload.content().dataset().ifPresent(path -> check.dataset(path, Files::exists));
        check.throwFirst();
    }

    /// Returns the first problem of a workload as a sentence for the user; empty when it is valid.
    public static String problem(Workload workload) {
        return problems(workload).stream().map(Problem::sentence).findFirst().orElse("");
    }

    /// Returns all problems of a workload, in the order of its fields.
    public static List<Problem> problems(Workload workload) {
        return problems(workload, Files::exists);
    }

    /// Returns all problems of a workload, in the order of its fields.
    ///
    /// @param exists returns whether the files of a data set exist
    public static List<Problem> problems(Workload workload, Predicate<Path> exists) {
        WorkloadCheck check = new WorkloadCheck();
        check.fields(workload);
        workload.content().dataset().ifPresent(path -> check.dataset(path, exists));
        return List.copyOf(check.problems);
    }

    private void throwFirst() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
    }

    private void fields(Workload workload) {
        require(workload.users() >= 1 && workload.users() <= MAX_USERS, "users",
                "The number of users must be 1 to 10,000.");
        require(workload.duration().isPositive() && workload.duration().compareTo(MAX_DURATION) <= 0, "duration",
                "The duration must be more than 0 and at most 24 hours.");
        require(workload.thresholds().size() <= MAX_THRESHOLDS, "thresholds", "There can be at most 1,000 thresholds.");
        warmup(workload.warmup());
        content(workload.content());
        mix(workload.mix());
        switch (workload.arrival()) {
            case Arrival.Closed closed -> {
                load(closed, closed.concurrency(), "arrival.concurrency");
                require(within(closed.thinkTime(), MAX_THINK_TIME), "arrival.think_time",
                        "The think time must be 0 to 1 hour.");
            }
            case Arrival.Open open -> {
                shape(open);
                require(open.maxInFlight() >= 1 && open.maxInFlight() <= MAX_CONCURRENCY, "arrival.max_in_flight",
                        "The operations in flight must be 1 to 10,000.");
            }
        }
    }

    private void warmup(Workload.Warmup warmup) {
        require(within(warmup.minimum(), MAX_DURATION) && within(warmup.maximum(), MAX_DURATION), "warmup",
                "The warm-up must be 0 to 24 hours.");
        require(warmup.minimum().compareTo(warmup.maximum()) <= 0, "warmup.maximum",
                "The longest warm-up must not be shorter than the shortest.");
    }

    private void content(Workload.Content content) {
        require(content.batchSize() >= 1 && content.batchSize() <= MAX_CALL, "messages.per_add",
                "The batch must be 1 to 1000 messages.");
        require(content.topK() >= 1 && content.topK() <= MAX_CALL, "top_k", "The hits per query must be 1 to 1000.");
        content.messageSize().ifPresent(size -> {
            require(size.min() >= 1 && size.min() <= size.max() && size.max() <= MAX_MESSAGE, "messages.size",
                    "The size of a message must be 1 to 10,000 characters, the smaller bound first.");
            require(content.dataset().isEmpty(), "messages.size",
                    "The size of a message applies to generated conversations, not to those of a data set.");
        });
    }

    private void dataset(Path path, Predicate<Path> exists) {
        require(exists.test(path), "dataset", String.format(Locale.ROOT, "The data set %s does not exist.", path));
    }

    private void shape(Arrival.Open open) {
        switch (open.shape()) {
            case Shape.Steady(double rate) -> load(open, rate, "arrival.rate");
            case Shape.Ramp(double from, double to, Duration over) -> {
                require(rate(from), "shape.from", RATE);
                require(rate(to), "shape.to", RATE);
                time(over, "shape.over", "The time of the ramp");
                load(open, Math.max(from, to), "shape.to");
            }
            case Shape.Steps(List<Double> rates, Duration every) -> {
                require(rates.stream().allMatch(WorkloadCheck::rate), "shape.rates", RATE);
                time(every, "shape.every", "The time of a step");
                load(open, open.shape().level(), "shape.rates");
            }
            case Shape.Spike(double rate, double peak, Duration at, Duration length) -> {
                load(open, rate, "arrival.rate");
                require(rate(peak), "shape.peak", "The peak must be 0 to 1,000,000 per second.");
                require(within(at, MAX_DURATION), "shape.at", "The start of the spike must be 0 to 24 hours.");
                time(length, "shape.for", "The time of the spike");
            }
            case Shape.Sine(double rate, double amplitude, Duration period) -> {
                load(open, rate, "arrival.rate");
                require(amplitude >= 0 && amplitude <= rate, "shape.amplitude",
                        "The amplitude must be 0 to the rate, since a rate is not negative.");
                time(period, "shape.period", "The period");
            }
            case Shape.Replay(_, double scale, List<Double> perSecond) -> {
                require(scale > 0 && scale <= MAX_RATE, "shape.scale",
                        "The scale must be more than 0 and at most 1,000,000.");
                require(perSecond.stream().allMatch(rate -> rate(rate * scale)), "shape.recording", RATE);
                require(!(open.shape().level() <= 0), "shape.recording", "The recording has no arrival.");
            }
        }
    }

    private void time(Duration time, String field, String subject) {
        require(time.isPositive() && time.compareTo(MAX_DURATION) <= 0, field,
                subject + " must be more than 0 and at most 24 hours.");
    }

    /// Checks an offered load, as [LoadRun#changeLoad] accepts it.
    ///
    /// @throws IllegalArgumentException when it is out of range; the message is for the user
    public static void checkLoad(Arrival arrival, double load) {
        WorkloadCheck check = new WorkloadCheck();
        check.load(arrival, load, "");
        check.throwFirst();
    }

    /// Returns the smallest load that [#checkLoad] accepts.
    public static double minLoad(Arrival arrival) {
        return arrival instanceof Arrival.Closed ? 1 : MIN_RATE;
    }

    /// Returns the largest load that [#checkLoad] accepts.
    public static double maxLoad(Arrival arrival) {
        return arrival instanceof Arrival.Closed ? MAX_CONCURRENCY : MAX_RATE;
    }

    /// Checks the shares of the operations, as [LoadRun#changeMix] accepts them.
    ///
    /// @throws IllegalArgumentException when they are invalid; the message is for the user
    public static void checkMix(Workload.Mix mix) {
        WorkloadCheck check = new WorkloadCheck();
        check.mix(mix);
        check.throwFirst();
    }

    private void mix(Workload.Mix mix) {
        require(weight(mix.add()) && weight(mix.query()) && weight(mix.list())
                && mix.add() + mix.query() + mix.list() > 0, "mix",
                "The mix needs shares of 0 or more, and at least one above 0.");
    }

    private void load(Arrival arrival, double load, String field) {
        switch (arrival) {
            case Arrival.Closed _ -> require(load >= 1 && load <= MAX_CONCURRENCY, field,
                    "The concurrency must be 1 to 10,000.");
            case Arrival.Open _ -> require(load >= MIN_RATE && load <= MAX_RATE, field, RATE);
        }
    }

    /// Returns whether a rate within a shape is valid: it may be 0 for a time.
    private static boolean rate(double perSecond) {
        return perSecond >= 0 && perSecond <= MAX_RATE;
    }

    private static boolean within(Duration time, Duration most) {
        return !time.isNegative() && time.compareTo(most) <= 0;
    }

    private static boolean weight(double share) {
        return share >= 0 && Double.isFinite(share);
    }

    private void require(boolean valid, String field, String sentence) {
        if (!valid && problems.stream().noneMatch(problem -> problem.field().equals(field))) {
            problems.add(new Problem(field, sentence));
        }
    }
}
