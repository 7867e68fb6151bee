package dev.memfuse.lab.trial;

import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigValues;

/// Puts the settings of an arm in force after a comparison, and takes them back.
public final class KeptArm {
    private static final String LOAD = "load.";

    private KeptArm() {}

    /// Applies an arm, except the settings of the load and those that are fixed at start.
    ///
    /// @return the applied change; empty when the arm is in force already
    public static Optional<Tunables.Change> keep(Tunables tunables, Arm arm) {
        return tunables.apply("comparison, kept " + arm.name(), current -> {
            MemFuseConfig kept = ConfigValues.keepingFixed(arm.config(), current);
            for (ConfigChange change : ConfigDiff.between(current, kept)) {
                if (change.path().startsWith(LOAD)) {
                    kept = valueOf(current, kept, change.path());
                }
            }
            return kept;
        });
    }

    /// Returns the settings of an arm that are not in force and need a restart of the database server, as a sentence;
    /// empty when there are none.
    public static Optional<String> notKept(MemFuseConfig inForce, Arm arm) {
        List<String> names = StartSettings.differing(inForce, arm.config());
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", names) + (names.size() == 1 ? " takes" : " take")
                        + " effect when PostgreSQL starts: set it on the Database page.");
    }

    /// Reverts a kept arm: each of its settings returns to its value from before; later changes of other settings stay.
    ///
    /// @param change result of [#keep]
    /// @return the applied change; empty when there is nothing to revert
    public static Optional<Tunables.Change> revert(Tunables tunables, Tunables.Change change) {
        return tunables.apply("comparison, reverted", current -> {
            MemFuseConfig reverted = current;
            for (ConfigChange key : change.keys()) {
                reverted = valueOf(change.before(), reverted, key.path());
            }
            return reverted;
        });
    }

    private static MemFuseConfig valueOf(MemFuseConfig source, MemFuseConfig target, String path) {
        return ConfigValues.with(target, path, ConfigValues.get(source, path));
    }
}
