package dev.memfuse.target;

import java.time.Duration;
import java.util.List;

import dev.memfuse.metrics.EventMark;

/// A connection to one target, polled ten times a second, that connects again by itself. Keeps ten minutes of samples.
/// Thread-safe; only [#change] and [#awaitOutcome] block.
public interface TargetSession extends AutoCloseable {
    /// Polls a second.
    int RATE = 10;
    /// Maximum number of kept samples: ten minutes.
    int KEPT = 600 * RATE;

    Target target();

    TargetState state();

    /// Returns the kept samples with a higher number, oldest first.
    ///
    /// @param sequence number of the last known sample; 0 for all
    List<TargetSample> samplesAfter(long sequence);

    /// Returns the marks of losses, returns and changes, oldest first; at most 200.
    List<EventMark> marks();

    PollCost cost();

    /// Returns whether changes are allowed. They are not at first, and no longer once the target was lost.
    boolean unlocked();

    /// Allows changes, or forbids them.
    void unlock(boolean on);

    /// Changes a pool; blocks for some seconds at most.
    ///
    /// @throws TargetException when changes are locked, or with the sentence of the target when it refuses
    PoolChange.Done change(String pool, PoolChange change);

    /// Waits until the first attempt to connect has ended.
    ///
    /// @return the state then, or [TargetState.Connecting] when the time is over
    TargetState awaitOutcome(Duration limit) throws InterruptedException;

    /// Ends the polling. Does not block.
    @Override
    void close();
}
