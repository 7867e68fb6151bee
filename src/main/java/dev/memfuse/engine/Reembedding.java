package dev.memfuse.engine;

import java.time.Duration;
import java.util.Optional;

/// Background job that replaces stored vectors of other models than the configured one, with the lowest priority. It
/// starts when the engine starts and when the model changes. A text whose vector is not replaced yet is found by its
/// terms only. Every replaced vector is stored, so a cancelled or interrupted job resumes. Thread-safe; no method
/// blocks.
public interface Reembedding {

    /// Returns the status now.
    Status status();

    /// Starts the job or resumes a paused one. No effect on a running one.
    void start();

    /// Pauses the job after the current batch, until [#start].
    void pause();

    /// Ends the job after the current batch; [#start] continues with the remaining vectors.
    void cancel();

    /// State of the job.
    enum State {
        /// Never started.
        IDLE,
        /// Counting the vectors to replace.
        COUNTING,
        /// Embedding texts.
        RUNNING,
        /// Paused by [#pause].
        PAUSED,
        /// All vectors are of the configured model.
        DONE,
        /// Ended by [#cancel] or because the engine closed.
        CANCELLED,
        /// Ended by an error; [#start] retries.
        FAILED;

        /// Returns whether the job runs or is paused.
        public boolean active() {
            return this == COUNTING || this == RUNNING || this == PAUSED;
        }
    }

    /// Status of the job.
    ///
    /// @param model name of the new vectors' model
    /// @param done number of texts embedded since the start
    /// @param total number of vectors to replace at the start
    /// @param perSecond texts per second of running time; 0 before the first batch ends
    /// @param rest estimated time to the end; empty before the first batch ends and after the end
    /// @param problem reason of the failure; empty when there is none
    record Status(State state, String model, long done, long total, double perSecond, Optional<Duration> rest,
            String problem) {}
}
