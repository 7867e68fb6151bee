package dev.memfuse.lab.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.trial.Arms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseSwitchTest {
    @TempDir
    private Path folder;
    private final Tunables tunables = new LiveTunables(new ConfigLoader().load());
    private PhaseSwitch phases;

    @BeforeEach
    void open() {
        phases = new PhaseSwitch(tunables, new FileProfiles(folder));
    }

    private void set(String key, Object value) {
        tunables.apply("Flags page", now -> ConfigValues.with(now, key, value));
    }

    @ParameterizedTest
    @EnumSource
    void anAppliedPhaseIsInForceWithEverySettingOfItsProfile(Phase phase) {
        phases.apply(phase);

        assertEquals(new PhaseSwitch.InForce(phase, List.of()), phases.inForce());
        MemFuseConfig profile = new FileProfiles(folder).load(phase.profile());
        for (String key : List.of("buffer.bypass_mode", "queries.consolidated", "services.cache", "layers.m1.enabled",
                "postgres.pool_size", "memory_service.timeout_per_layer", "buffer.durability")) {
            assertEquals(ConfigValues.get(profile, key), ConfigValues.get(tunables.get(), key), key);
        }
        assertEquals(List.of(), phases.changes(phase));
    }

    @ParameterizedTest
    @EnumSource
    void aPhaseThatIsRolledBackLeavesThePhaseBefore(Phase phase) {
        phases.apply(phase);

        phases.rollBack(phase);

        assertEquals(PhaseSwitch.before(phase), phases.inForce().phase());
        assertTrue(phases.inForce().whole());
    }

    @Test
    void settingsOutsideOfThePlanStay() {
        set("monitoring.thresholds.query", ConfigValues.parse("monitoring.thresholds.query", "0.123"));
        set("load.recordings_mib", ConfigValues.parse("load.recordings_mib", "77"));
        MemFuseConfig before = tunables.get();
        phases.apply(Phase.LEGACY);
        phases.apply(Phase.PHASE3);

        assertEquals(before.monitoring(), tunables.get().monitoring());
        assertEquals(before.load(), tunables.get().load());
        assertEquals(before.network(), tunables.get().network());
    }

    @Test
    void aSettingOfItsOwnIsNamedBesideThePhase() {
        phases.apply(Phase.PHASE2);
        set("postgres.pool_size", 17);

        assertEquals(Phase.PHASE2, phases.inForce().phase());
        assertFalse(phases.inForce().whole());
        assertEquals(List.of("postgres.pool_size: 10 → 17"),
                phases.inForce().others().stream().map(ConfigChange::toString).toList());
        assertEquals(List.of("postgres.pool_size: 17 → 10"),
                phases.changes(Phase.PHASE2).stream().map(ConfigChange::toString).toList());
    }

    @Test
    void aPhaseInForceIsNotAppliedTwice() {
        phases.apply(Phase.PHASE1);

        assertEquals(Optional.empty(), phases.apply(Phase.PHASE1));
        assertEquals("phase 1 applied", tunables.history().getLast().cause());
    }

    @Test
    void theChangeIsTwoArmsOfAComparison() {
        phases.apply(Phase.LEGACY);
        Tunables.Change change = phases.apply(Phase.PHASE3).orElseThrow();
        Arms arms = new Arms(new FileProfiles(folder), tunables.get());

        List<String> before = change.keys().stream().map(key -> key.path() + "=" + key.before()).toList();
        List<String> after = change.keys().stream().map(key -> key.path() + "=" + key.after()).toList();

        assertEquals(change.before(), arms.arm(Optional.empty(), before).config());
        assertEquals(change.after(), arms.arm(Optional.empty(), after).config());
        assertTrue(change.keys().stream().allMatch(key -> ConfigSchema.require(key.path()).hot()));
    }
}
