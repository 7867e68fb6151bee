package dev.memfuse.engine;

import java.time.Duration;
import java.util.Optional;

/// Embeds stored texts again whose vectors are of another model than `embedding` names, behind all other work. It starts
/// by itself when the configuration changes and when an engine starts; until a vector is replaced its text is found by
/// words. Every replaced vector is stored, so a job that was cancelled or lost goes on where it was. Thread-safe; no
/// method blocks.
public interface Reembedding {

    /// How far it is.
    Status status();

    /// Starts it, or lets a paused one go on; a running one is left alone.
    void start();

    /// Holds it after the portion in work, until [#start].
    void pause();

    /// Ends it after the portion in work; [#start] begins again with what is left.
    void cancel();

    /// What the job is doing.
    enum State {
        /// Never started.
        IDLE,
        /// Counting what there is to do.
        COUNTING,
        /// Embedding.
        RUNNING,
        /// Held by [#pause].
        PAUSED,
        /// Every vector is of the model.
        DONE,
        /// Ended by [#cancel] or by the end of the engine.
        CANCELLED,
        /// Ended by an error; [#start] tries again.
        FAILED;

        /// Whether the job goes on or waits to.
        public boolean active() {
            return this == COUNTING || this == RUNNING || this == PAUSED;
        }
    }

    /// How far the job is.
    ///
    /// @param model name of the vectors being made
    /// @param done texts embedded since the start
    /// @param total texts that were stale at the start
    /// @param perSecond texts per second of running time; 0 before the first portion
    /// @param rest expected time to the end; empty before the first portion and when it has ended
    /// @param problem why it failed; empty when it did not
    record Status(State state, String model, long done, long total, double perSecond, Optional<Duration> rest,
            String problem) {}
}
