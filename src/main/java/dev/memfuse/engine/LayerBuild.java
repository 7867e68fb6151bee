package dev.memfuse.engine;

/// Job that builds a layer for the rounds that were stored while it was off. Thread-safe.
public interface LayerBuild {

    /// State of the job.
    enum State {
        /// Not started since the engine started.
        IDLE,
        RUNNING,
        DONE,
        /// Cancelled; the next start continues.
        CANCELLED,
        /// Failed; the next start continues.
        FAILED
    }

    /// Work of the job and its estimated duration.
    ///
    /// @param rounds number of rounds without the layer
    /// @param messages number of their messages
    /// @param seconds estimated duration, from the time that a sample of the messages takes to embed; M2 and a language
    ///        model take longer
    record Cost(long rounds, long messages, double seconds) {}

    /// Progress of the job.
    ///
    /// @param done rounds that were worked through since the start of the job
    /// @param total rounds without the layer at the start of the job
    /// @param secondsLeft estimated from the rate so far; not finite while it is unknown
    /// @param problem why it failed, a sentence; else empty
    record Status(State state, long done, long total, double secondsLeft, String problem) {}

    /// Returns the cost of building a layer. Blocks for the database and the model.
    Cost cost(DerivedLayer layer);

    /// Starts the job, or continues a cancelled one; has no effect while it runs.
    void start(DerivedLayer layer);

    /// Cancels the job after the rounds in progress.
    void cancel();

    /// Returns the progress.
    Status status();
}
