package dev.memfuse.load;

/// Exclusive use of the loads of this process by an experiment, which runs many of them: while it is held, other loads
/// and other experiments are refused, also between two loads of the experiment. Thread-safe.
public interface LoadReservation extends AutoCloseable {

    /// Starts a load in the background, like [LoadService#start].
    ///
    /// @param sink takes what it measured instead of the service's own sink
    /// @throws IllegalStateException when a run is active or the engine is not ready; the message is for the user
    /// @throws IllegalArgumentException when the workload is invalid; the message is for the user
    LoadRun start(Workload workload, RunSink sink);

    /// Ends the reservation; a second call has no effect.
    @Override
    void close();
}
