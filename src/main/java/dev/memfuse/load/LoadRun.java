package dev.memfuse.load;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.memfuse.progress.Progress;

/// A load run, active or ended. Thread-safe; no method blocks.
public interface LoadRun {

    /// Returns the number of the run since start, from 1; of a load of an experiment, its number in the experiment.
    int number();

    /// Returns the workload of the run.
    Workload workload();

    /// Returns the experiment that the load is a part of, with its number in it: `comparison, load 3`; empty for a load
    /// of its own.
    default Optional<String> experiment() {
        return Optional.empty();
    }

    /// Returns the current progress.
    Status progress();

    /// Changes the offered load; has no effect after the end. A shape is scaled as a whole.
    ///
    /// @param value level of an open run in operations per second, concurrency of a closed one
    /// @throws IllegalArgumentException when the value is out of range; the message is for the user
    void changeLoad(double value);

    /// Returns the shares of the operations that start now.
    default Workload.Mix mix() {
        return workload().mix();
    }

    /// Changes the shares of the operations; has no effect after the end. The result keeps the operations that the run
    /// had at any time.
    ///
    /// @throws IllegalArgumentException when no share is above 0; the message is for the user
    void changeMix(Workload.Mix mix);

    /// Returns the figures of the measured part so far, not older than a second; empty before its first second has
    /// passed, and after the end.
    default Optional<Interim> interim() {
        return Optional.empty();
    }

    /// Ends the run early; the result covers the measured part until then. After the measured part, ends the wait for
    /// storage and the removal of the load's data instead.
    void stop();

    /// Returns whether [#result] is complete. Whoever asks again and again asks this: each future of the result is kept
    /// until the end of the run.
    boolean ended();

    /// Returns a future of the result; it completes exceptionally when the run failed.
    CompletableFuture<LoadResult> result();

    /// Returns the recording so far; complete when [#result] is. A run without a recording returns
    /// [LoadRecording#EMPTY].
    default LoadRecording recording() {
        return LoadRecording.EMPTY;
    }

    /// The progress of a run.
    ///
    /// @param phase current phase
    /// @param elapsed time since the start of the warm-up
    /// @param total planned time: warm-up and duration
    /// @param operations successful operations so far, including the warm-up
    /// @param errors failed operations so far, including the warm-up
    /// @param load the load that is offered: level of an open run in operations per second, concurrency of a closed one
    /// @param measured time since the start of the measured part; zero before it, and not more than the planned
    ///        duration
    /// @param after progress of a phase after the drain; empty before
    record Status(Phase phase, Duration elapsed, Duration total, long operations, long errors, double load,
            Duration measured, Optional<Progress> after) {}

    /// The figures of a run that has not ended. They are not final: operations in flight are not in them.
    ///
    /// @param seconds length of the measured part so far
    /// @param operations figures of each operation by name
    /// @param thresholds the outcomes of the thresholds so far
    /// @param saturation signs that the load generator itself is saturated; empty when it is not
    record Interim(double seconds, Map<String, LoadResult.OperationResult> operations,
            List<Threshold.Outcome> thresholds, List<Saturation> saturation) {
        public Interim {
            saturation = List.copyOf(saturation);
            operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
            thresholds = List.copyOf(thresholds);
        }
    }

    /// The phases of a run, in order.
    enum Phase {
        /// Creates the users.
        PREPARING,
        /// Not counted.
        WARMUP,
        /// Counted.
        MEASURING,
        /// Waits for operations in flight.
        DRAINING,
        /// Waits until the acknowledged messages are stored.
        STORING,
        /// Removes the users of the load.
        REMOVING,
        /// Ended with a result.
        DONE,
        /// Ended without one.
        FAILED
    }
}
