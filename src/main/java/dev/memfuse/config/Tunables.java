package dev.memfuse.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/// Holds the configuration in force and its history. The configuration is one immutable value that is replaced as a
/// whole.
///
/// Thread-safe. Listeners run on the thread that applied the change, after it took effect, in the order in which they
/// were added. An exception of a listener does not affect the others. Two changes at once may be announced in either
/// order: a listener that puts settings in force reads them by [#get], under a lock of its own.
public interface Tunables {

    /// Returns the configuration in force. An operation reads it once and keeps the value.
    MemFuseConfig get();

    /// Replaces the configuration.
    ///
    /// @param cause origin of the change, for the log and the marks of charts: "Flags page", "profile optimized"
    /// @param change computes the new configuration from the old; runs again when another change comes first
    /// @return the applied change; empty when the new configuration equals the old
    /// @throws ConfigException when a value is out of range, a key that is fixed at start would change, or an
    ///         experiment [holds][#reserve] the configuration
    Optional<Change> apply(String cause, UnaryOperator<MemFuseConfig> change);

    /// Replaces the configuration for the time of an experiment, which restores it: like [#apply], and [#undoable]
    /// leaves the change out.
    ///
    /// @param run the run of the experiment
    Optional<Change> applyForATime(Run run, String cause, UnaryOperator<MemFuseConfig> change);

    /// Replaces the configuration for the time of an experiment, like [#applyForATime], also settings of the embedded
    /// server that take effect at its start: the caller restarts it.
    Optional<Change> applyBeforeRestart(Run run, String cause, UnaryOperator<MemFuseConfig> change);

    /// Reserves the configuration for a run of an experiment: until the result is closed, [#apply], [#undo] and the
    /// changes of other runs are refused with a sentence for the user. A setting that somebody switches during an
    /// experiment would make its figures those of no setting.
    ///
    /// @throws IllegalStateException when another run holds it; the message is for the user
    Subscription reserve(Run run);

    /// Replaces the configuration while no engine runs, also keys that are fixed at start. Nothing reverts the change.
    ///
    /// @throws ConfigException when a value is out of range
    Optional<Change> applyWhileStopped(String cause, UnaryOperator<MemFuseConfig> change);

    /// Returns the newest change that is not reverted yet.
    Optional<Change> undoable();

    /// Reverts a change: each of its keys returns to its value from before. Later changes of other keys stay.
    ///
    /// @param change one that [#undoable] returned
    /// @return the applied change; empty when it is reverted already, or its keys have these values again
    /// @throws ConfigException when the values from before do not fit the other settings of today, or an experiment
    ///         [holds][#reserve] the configuration
    Optional<Change> undo(Change change);

    /// Reverts the newest change that is not reverted yet.
    ///
    /// @return the applied change; empty when there is nothing to revert
    default Optional<Change> undo() {
        return undoable().flatMap(this::undo);
    }

    /// Returns the changes since start, oldest first, at most the last 1000.
    List<Change> history();

    /// Adds a listener of changes; closing the result removes it.
    Subscription onChange(Listener listener);

    /// Adds a check of each change of a running engine, before it takes effect; closing the result removes it.
    Subscription beforeChange(Check check);

    /// Refuses changes that only a part of the program can judge, for instance the database server.
    @FunctionalInterface
    interface Check {
        /// Called before a change takes effect, on the thread that applies it; again when another change comes first.
        ///
        /// @throws ConfigException when the change is refused; nothing changes then
        void check(MemFuseConfig before, MemFuseConfig after);
    }

    /// An applied change.
    ///
    /// @param at time of the change
    /// @param cause origin of the change
    /// @param run run of the experiment that made the change; null for a change that was to stay
    /// @param keys the keys that differ, in the order of the file
    /// @param before the old configuration
    /// @param after the new configuration
    record Change(Instant at, String cause, @Nullable Run run, List<ConfigChange> keys, MemFuseConfig before,
            MemFuseConfig after) {}

    /// A run of an experiment, which changes settings again and again and restores them. Equal only to itself.
    final class Run {
        private final String name;

        /// @param name the experiment in one word: "comparison"
        public Run(String name) {
            this.name = name;
        }

        /// Returns the experiment in one word.
        public String name() {
            return name;
        }

        @Override
        public String toString() {
            return "run of " + name;
        }
    }

    /// Receives each change.
    @FunctionalInterface
    interface Listener {
        /// Called after `change` took effect, on the thread that applied it.
        void changed(Change change);
    }

    /// Removes its listener when closed. Closing twice has no effect.
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
