package dev.memfuse.target;

/// A change of a pool of a target.
public sealed interface PoolChange {
    /// Sets a setting.
    record Set(PoolSetting setting, long value) implements PoolChange {}

    /// Further requests for a connection wait, until [Resume].
    record Suspend() implements PoolChange {}

    /// Grants connections again.
    record Resume() implements PoolChange {}

    /// Closes idle connections now, and the others when they return.
    record SoftEvict() implements PoolChange {}

    /// A change that the target made.
    ///
    /// @param pool name of the pool
    /// @param before value or connections before, with unit
    /// @param after value in force afterwards, which may differ from the requested one
    record Done(String pool, PoolChange change, String before, String after) {
        /// Returns the change as one line: `maximumPoolSize: 10 → 20, pool orders`.
        public String text() {
            return switch (change) {
                // Without grouping: a comma ends the value in the short text of a mark.
                case Set set -> set.setting().key() + ": " + before.replace(",", "") + " → " + after.replace(",", "")
                        + ", pool " + pool;
                case Suspend _ -> "suspended: pool " + pool + ", " + before;
                case Resume _ -> "resumed: pool " + pool + ", " + before;
                case SoftEvict _ -> "connections replaced: pool " + pool + ", " + before;
            };
        }
    }
}
