package dev.memfuse.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The configuration in force: one immutable value, swapped whole, read once per operation.
///
/// Thread-safe. Listeners are called on the thread that applied the change, after the swap, in the order they were
/// added; a listener that fails does not stop the others.
public interface Tunables {

    /// The configuration in force now. Read it once per operation and keep the value.
    MemFuseConfig get();

    /// Applies a change as a whole.
    ///
    /// @param cause who asked, for the log and the marks: "Flags page", "profile optimized", "undo"
    /// @return what changed; empty when the new value equals the old
    /// @throws ConfigException when a value is out of range or a key that is fixed at start would change
    Optional<Change> apply(String cause, UnaryOperator<MemFuseConfig> change);

    /// Takes back the newest change that was not taken back yet; empty when there is none.
    Optional<Change> undo();

    /// All changes so far, oldest first, at most the last 1000.
    List<Change> history();

    /// Calls `listener` for each change from now on; closing the result ends that.
    Subscription onChange(Listener listener);

    /// A change that took place.
    ///
    /// @param at when
    /// @param cause who asked
    /// @param keys the keys that differ
    /// @param before the configuration before
    /// @param after the configuration after
    record Change(Instant at, String cause, List<ConfigChange> keys, MemFuseConfig before, MemFuseConfig after) {}

    /// Is told of each change.
    @FunctionalInterface
    interface Listener {
        void changed(Change change);
    }

    /// Ends a subscription when closed; closing twice is harmless.
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
