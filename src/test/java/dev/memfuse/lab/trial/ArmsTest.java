package dev.memfuse.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Arms of profiles, on an engine with settings of its own.
class ArmsTest {
    private final MemFuseConfig running = new ConfigLoader()
            .withOverrides(List.of("network.round_trip=0.002", "load.keep_data=true")).load();
    private final Arms arms = new Arms(new FileProfiles(Path.of("no-such-folder")), running);

    @Test
    void aProfileChangesTheEngineButNeitherTheNetworkNorTheLoad() {
        MemFuseConfig legacy = arms.arm(Optional.of("legacy"), List.of()).config();

        assertFalse(legacy.buffer().bypassMode());
        assertEquals(running.network(), legacy.network());
        assertEquals(running.load(), legacy.load());
    }

    @Test
    void aSettingOfTheArmChangesTheNetwork() {
        MemFuseConfig far = arms.arm(Optional.of("legacy"), List.of("network.round_trip=0.03")).config();

        assertEquals(Duration.ofMillis(30), far.network().roundTrip());
    }

    @Test
    void aProfileThatSetsTheServerIsAnArmAndOneThatDoesNotLeavesItAsItRuns(@TempDir Path folder) {
        String buffers = "postgres.server.shared_buffers";
        MemFuseConfig runsWith = ConfigValues.with(running, buffers, "64MB");
        FileProfiles profiles = new FileProfiles(folder);
        var _ = profiles.save("small", ConfigValues.with(running, buffers, "16MB"));
        var _ = profiles.save("silent", running);
        Arms named = new Arms(profiles, runsWith);

        MemFuseConfig small = named.arm(Optional.of("small"), List.of()).config();
        MemFuseConfig silent = named.arm(Optional.of("silent"), List.of()).config();

        assertEquals("16MB", ConfigValues.get(small, buffers));
        assertEquals("64MB", ConfigValues.get(silent, buffers));
        assertEquals(List.of(buffers), StartSettings.differing(small, silent));
        assertEquals(List.of(), named.notCompared(Optional.of("small")));
        assertEquals(List.of(buffers), named.notCompared(Optional.of("silent")).stream().map(ConfigChange::path)
                .toList());
        assertEquals("32MB", ConfigValues.get(named.arm(Optional.of("small"), List.of(buffers + "=32MB")).config(),
                buffers));
    }

    @Test
    void anArmWithoutProfileAndSettingsIsTheRunningEngine() {
        assertEquals(new Arm(Arms.AS_IT_RUNS, running), arms.arm(Optional.empty(), List.of()));
    }
}
