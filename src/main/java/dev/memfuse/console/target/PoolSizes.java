package dev.memfuse.console.target;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolSetting;

/// The two sizes of a pool after a change. HikariCP accepts a `minimumIdle` above `maximumPoolSize` and keeps no more
/// than the maximum, without a word.
///
/// @param minimum connections that are kept idle; empty when the target does not tell
/// @param maximum largest number of connections; empty when the target does not tell
/// @param asked whether the minimum is one of the new values
record PoolSizes(Optional<Long> minimum, Optional<Long> maximum, boolean asked) {

    /// Returns the sizes after changes.
    ///
    /// @param now values in force
    static PoolSizes after(Map<PoolSetting, Long> now, List<PoolChange.Set> changes) {
        Map<PoolSetting, Long> then = new EnumMap<>(PoolSetting.class);
        then.putAll(now);
        changes.forEach(change -> then.put(change.setting(), change.value()));
        return new PoolSizes(Optional.ofNullable(then.get(PoolSetting.MINIMUM_IDLE)),
                Optional.ofNullable(then.get(PoolSetting.MAXIMUM_POOL_SIZE)),
                changes.stream().anyMatch(change -> change.setting() == PoolSetting.MINIMUM_IDLE));
    }

    private boolean isCapped() {
        return minimum.isPresent() && maximum.isPresent() && minimum.get() > maximum.get();
    }

    /// Returns why a new minimum has no effect as asked; empty when it has.
    Optional<String> problem() {
        return isCapped() && asked
                ? Optional
                        .of("The new minimumIdle is " + text(minimum) + ", and the pool opens at most " + text(maximum)
                                + " connections. Raise maximumPoolSize too, or write at most " + text(maximum) + ".")
                : Optional.empty();
    }

    /// Returns what a new maximum does to the minimum in force, as a sentence after the question; empty for nothing.
    String effect() {
        return isCapped() && !asked
                ? " minimumIdle is " + text(minimum) + "; the pool keeps at most " + text(maximum) + " idle then."
                : "";
    }

    private static String text(Optional<Long> value) {
        return PoolSetting.MINIMUM_IDLE.format(value.orElse(0L));
    }
}
