package dev.memfuse.lab.scorecard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;

/// Applies the phases of the plan to the running engine and rolls them back. Only the settings in which the phases
/// differ change; all others stay. Reads the profiles of the phases, so it is not for the FX thread. Thread-safe.
///
/// @param tunables settings of the engine
/// @param profiles source of the phases
public record PhaseSwitch(Tunables tunables, ConfigProfiles profiles) {

    /// The phase in force.
    ///
    /// @param phase phase whose settings are in force, or the one with the fewest that are not
    /// @param others its settings that have another value now; empty when the phase is in force as a whole
    public record InForce(Phase phase, List<ConfigChange> others) {
        /// Returns whether the phase is in force as a whole.
        public boolean whole() {
            return others.isEmpty();
        }
    }

    /// Returns the phase before; that of [Phase#LEGACY] is itself.
    public static Phase before(Phase phase) {
        return Phase.values()[Math.max(0, phase.ordinal() - 1)];
    }

    /// Returns the phase in force.
    public InForce inForce() {
        MemFuseConfig now = tunables.get();
        Set<String> keys = keys();
        InForce best = null;
        for (Phase phase : Phase.values()) {
            InForce candidate = new InForce(phase, ConfigDiff.between(with(now, phase, keys), now));
            if (best == null || candidate.others().size() <= best.others().size()) {
                best = candidate;
            }
        }
        return best == null ? new InForce(Phase.LEGACY, List.of()) : best;
    }

    /// Returns what [#apply] would change now.
    public List<ConfigChange> changes(Phase phase) {
        MemFuseConfig now = tunables.get();
        return ConfigDiff.between(now, with(now, phase, keys()));
    }

    /// Puts a phase in force, and the phases before it.
    ///
    /// @return the applied change; empty when the phase is in force already
    public Optional<Tunables.Change> apply(Phase phase) {
        return change(String.format(Locale.ROOT, "%s applied", phase.title()), phase);
    }

    /// Puts the phase before a phase in force.
    ///
    /// @return the applied change; empty when the phase before is in force already
    public Optional<Tunables.Change> rollBack(Phase phase) {
        return change(String.format(Locale.ROOT, "%s rolled back", phase.title()), before(phase));
    }

    private Optional<Tunables.Change> change(String cause, Phase phase) {
        Set<String> keys = keys();
        return tunables.apply(cause, now -> with(now, phase, keys));
    }

    /// Returns the settings in which the phases differ and that can change while the engine runs.
    private Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (Phase phase : Phase.values()) {
            ConfigDiff.between(profiles.load(before(phase).profile()), profiles.load(phase.profile())).stream()
                    .map(ConfigChange::path).filter(path -> ConfigSchema.require(path).hot()).forEach(keys::add);
        }
        return keys;
    }

    private MemFuseConfig with(MemFuseConfig config, Phase phase, Set<String> keys) {
        MemFuseConfig source = profiles.load(phase.profile());
        MemFuseConfig changed = config;
        for (String key : keys) {
            changed = ConfigValues.with(changed, key, ConfigValues.get(source, key));
        }
        return changed;
    }
}
