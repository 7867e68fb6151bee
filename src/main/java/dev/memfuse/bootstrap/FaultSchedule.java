package dev.memfuse.bootstrap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.cli.option.TimedFault;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.load.LoadRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the timed faults of the command line to each load. A fault that outlasts the measured part ends with it, so
/// that the load can store what it acknowledged.
///
/// @param network returns the network of the running engine; empty while none runs
record FaultSchedule(List<TimedFault> faults, Supplier<Optional<NetworkService>> network) {
    private static final Logger LOG = LoggerFactory.getLogger(FaultSchedule.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private record Step(Duration at, Runnable action) {}

    /// Applies the faults to a run that has just started, on a separate thread. Does not block.
    void follow(LoadRun run) {
        Optional<NetworkService> found = network.get();
        if (faults.isEmpty() || run.ended() || found.isEmpty()) {
            return;
        }
        // Before the first operation of the load, so that its connections lead through the proxies.
        NetworkService.Hold hold = found.get().hold();
        BackgroundThreads.virtual("network-fault-schedule").start(() -> {
            try (hold) {
                apply(run, found.get());
            }
        });
    }

    private void apply(LoadRun run, NetworkService used) {
        List<TimedFault> active = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (TimedFault fault : faults) {
            steps.add(new Step(fault.at(), () -> {
                used.begin(fault.fault());
                active.add(fault);
            }));
            steps.add(new Step(fault.at().plus(fault.length()), () -> {
                active.remove(fault);
                used.end(fault.fault());
            }));
        }
        steps.sort(Comparator.comparing(Step::at));
        for (Step step : steps) {
            if (!reached(run, step.at())) {
                break;
            }
            step.action().run();
        }
        active.forEach(fault -> used.end(fault.fault()));
        run.result().exceptionally(failure -> {
            LOG.debug("Network: the load failed", failure);
            return null;
        }).join();
    }

    /// Waits until a run has lasted for a time.
    ///
    /// @return false when its measured part has ended before
    private static boolean reached(LoadRun run, Duration at) {
        while (true) {
            LoadRun.Status now = run.progress();
            if (run.ended() || now.phase().compareTo(LoadRun.Phase.MEASURING) > 0) {
                return false;
            }
            if (now.elapsed().compareTo(at) >= 0 && now.phase() != LoadRun.Phase.PREPARING) {
                return true;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
