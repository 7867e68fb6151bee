package dev.memfuse.lab.scorecard;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import dev.memfuse.background.BackgroundThreads;

/// The plan's load test: 10 users at once, each with first access, `add_batch`, `query` and `get_messages_by_session`,
/// one after the other.
public final class TenUsers {
    /// Number of users.
    public static final int USERS = 10;

    private TenUsers() {}

    /// Times of the load test.
    ///
    /// @param totalNanos from the common start to the end of the last user, in nanoseconds: the plan's result
    /// @param steps times of each step, one a user
    public record Result(long totalNanos, Map<PlanStep, List<StepTimes>> steps) {}

    /// Runs all users at once. Blocks.
    ///
    /// @param users users whose services nobody has used yet
    /// @throws RuntimeException the failure of a user
    public static Result run(List<PlanOperations> users) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Map<PlanStep, StepTimes>>> running = new ArrayList<>();
        try (ExecutorService threads = BackgroundThreads.virtualPerTask("scorecard-user")) {
            for (PlanOperations user : users) {
                running.add(threads.submit(() -> {
                    start.await();
                    return simulate(user);
                }));
            }
            long began = System.nanoTime();
            start.countDown();
            Map<PlanStep, List<StepTimes>> steps = new EnumMap<>(PlanStep.class);
            for (Future<Map<PlanStep, StepTimes>> user : running) {
                result(user).forEach((step, times) -> steps.computeIfAbsent(step, _ -> new ArrayList<>()).add(times));
            }
            return new Result(System.nanoTime() - began, steps);
        }
    }

    private static Map<PlanStep, StepTimes> simulate(PlanOperations user) {
        Map<PlanStep, StepTimes> times = new EnumMap<>(PlanStep.class);
        for (PlanStep step : PlanStep.values()) {
            times.put(step, user.run(step));
        }
        return times;
    }

    private static Map<PlanStep, StepTimes> result(Future<Map<PlanStep, StepTimes>> user)
            throws InterruptedException {
        try {
            return user.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("A user of the load test failed.", e);
        }
    }
}
