package dev.memfuse.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;

class TrialSettingsTest {
    private static final String BYPASS = "buffer.bypass_mode";
    private static final String DURABILITY = "buffer.durability";
    private static final String POOL_SIZE = "postgres.pool_size";

    private final MemFuseConfig before = new ConfigLoader().load();
    private final Tunables tunables = new LiveTunables(before);
    private final AtomicInteger interferences = new AtomicInteger();

    private TrialSettings scorecard() {
        return new TrialSettings("scorecard", tunables, interferences::incrementAndGet);
    }

    private static MemFuseConfig legacy(MemFuseConfig from) {
        return ConfigValues.with(ConfigValues.with(from, POOL_SIZE, 60), DURABILITY,
                ConfigValues.parse(DURABILITY, "memory"));
    }

    private void switchBypass() {
        tunables.apply("Flags page", now -> ConfigValues.with(now, BYPASS, !now.buffer().bypassMode()));
    }

    @Test
    void nobodyElseChangesASettingDuringAnExperiment() {
        Tunables.Change earlier = tunables.apply("Flags page", now -> ConfigValues.with(now, POOL_SIZE, 9))
                .orElseThrow();
        MemFuseConfig running = tunables.get();
        try (TrialSettings settings = scorecard().hold()) {
            settings.enter("legacy", legacy(running));

            ConfigException refused = assertThrows(ConfigException.class, this::switchBypass);
            assertTrue(refused.getMessage().contains("A scorecard is running and sets the settings itself. Stop it or "
                    + "wait for its end."), refused.getMessage());
            assertThrows(ConfigException.class, () -> tunables.undo(earlier));
            assertThrows(ConfigException.class, () -> tunables.applyForATime(new Tunables.Run("load"), "load",
                    now -> ConfigValues.with(now, POOL_SIZE, 3)));
            settings.requireUndisturbed();
            assertEquals(0, interferences.get());
        }
        assertEquals(running, tunables.get());

        tunables.undo(earlier);
        switchBypass();
        assertEquals(ConfigValues.with(before, BYPASS, !before.buffer().bypassMode()), tunables.get());
    }

    @Test
    void oneExperimentAtATimeHoldsTheSettings() {
        try (TrialSettings _ = scorecard().hold(); TrialSettings other = scorecard()) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, other::hold);
            assertEquals("A scorecard is running. Stop it or wait for its end.", refused.getMessage());
        }
        scorecard().hold().close();
    }

    /// Such as one whose thread cannot be started.
    @Test
    void anExperimentThatDoesNotBeginLeavesTheSettingsToOthers() {
        scorecard();

        switchBypass();
        assertEquals(!before.buffer().bypassMode(), tunables.get().buffer().bypassMode());
    }

    /// The one change that no experiment can refuse: that of the connection, while the engine is down.
    @Test
    void aChangeOfTheConnectionStaysAndTheSettingsOfTheExperimentDoNot() {
        String other = "jdbc:postgresql://127.0.0.1:1/other";
        try (TrialSettings settings = scorecard().hold()) {
            settings.enter("legacy", legacy(before));

            tunables.applyWhileStopped("connection", now -> ConfigValues.with(now, "postgres.url", other));

            assertEquals(1, interferences.get());
            IllegalStateException ended = assertThrows(IllegalStateException.class, settings::requireUndisturbed);
            assertEquals("Settings were changed during the scorecard (postgres.url, by connection), so it was ended; "
                    + "this change stays, the other settings are those from before.", ended.getMessage());
        }
        assertEquals(ConfigValues.with(before, "postgres.url", other), tunables.get());
    }
}
