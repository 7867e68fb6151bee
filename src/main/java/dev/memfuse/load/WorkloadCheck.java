package dev.memfuse.load;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;

import dev.memfuse.load.Workload.Arrival;

/// Validates workloads.
public final class WorkloadCheck {
    private static final int MAX_USERS = 10_000;
    private static final int MAX_CONCURRENCY = 10_000;
    private static final double MIN_RATE = 0.001;
    private static final double MAX_RATE = 1_000_000;
    private static final Duration MAX_DURATION = Duration.ofHours(24);

    private WorkloadCheck() {}

    /// Checks a workload.
    ///
    /// @throws IllegalArgumentException when it is invalid; the message is for the user
    public static void check(Workload workload) {
        require(workload.users() >= 1 && workload.users() <= MAX_USERS, "The number of users must be 1 to 10,000.");
        require(workload.duration().isPositive() && workload.duration().compareTo(MAX_DURATION) <= 0,
                "The duration must be more than 0 and at most 24 hours.");
        require(!workload.warmup().isNegative() && workload.warmup().compareTo(MAX_DURATION) <= 0,
                "The warm-up must be 0 to 24 hours.");
        require(workload.batchSize() >= 1 && workload.batchSize() <= 1000, "The batch must be 1 to 1000 messages.");
        require(workload.topK() >= 1 && workload.topK() <= 1000, "The hits per query must be 1 to 1000.");
        Workload.Mix mix = workload.mix();
        require(weight(mix.add()) && weight(mix.query()) && weight(mix.list())
                && mix.add() + mix.query() + mix.list() > 0,
                "The mix needs shares of 0 or more, and at least one above 0.");
        workload.dataset().ifPresent(path -> require(Files.exists(path),
                String.format(Locale.ROOT, "The data set %s does not exist.", path)));
        switch (workload.arrival()) {
            case Arrival.Closed closed -> checkLoad(closed, closed.concurrency());
            case Arrival.Open open -> {
                checkLoad(open, open.ratePerSecond());
                require(open.maxInFlight() >= 1 && open.maxInFlight() <= MAX_CONCURRENCY,
                        "The operations in flight must be 1 to 10,000.");
            }
        }
    }

    /// Checks an offered load, as [LoadRun#changeLoad] accepts it.
    ///
    /// @throws IllegalArgumentException when it is out of range; the message is for the user
    public static void checkLoad(Arrival arrival, double load) {
        switch (arrival) {
            case Arrival.Closed _ -> require(load >= 1 && load <= MAX_CONCURRENCY,
                    "The concurrency must be 1 to 10,000.");
            case Arrival.Open _ -> require(load >= MIN_RATE && load <= MAX_RATE,
                    "The rate must be 0.001 to 1,000,000 per second.");
        }
    }

    private static boolean weight(double share) {
        return share >= 0 && Double.isFinite(share);
    }

    private static void require(boolean valid, String sentence) {
        if (!valid) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
