package dev.memfuse.console.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.fault.NetworkProfile;
import org.junit.jupiter.api.Test;

/// The choice and the settings follow each other.
class NetworkChoiceTest {
    private final LiveTunables tunables = new LiveTunables(new ConfigLoader().load());
    private final List<String> messages = new ArrayList<>();
    private final NetworkChoice choice = new NetworkChoice(tunables,
            new PageTools(new DirectTaskRunner(), messages::add), Runnable::run);

    private void set(String key, String value) {
        tunables.apply("test", config -> ConfigValues.with(config, key, ConfigValues.parse(key, value)));
    }

    @Test
    void aChosenProfileIsInForce() {
        assertEquals(NetworkProfile.LOCAL, choice.profileProperty().get());
        choice.profileProperty().set(NetworkProfile.OTHER_REGION);
        assertEquals(NetworkProfile.OTHER_REGION.config(), tunables.get().network());
    }

    @Test
    void changesFromElsewhereAreShownAndOthersThanProfilesAreNone() {
        set("network.round_trip", "0.002");
        assertEquals(NetworkProfile.OTHER_ZONE, choice.profileProperty().get());
        set("network.jitter", "0.001");
        assertNull(choice.profileProperty().get());
        assertEquals("0.001", ConfigValues.print(ConfigValues.get(tunables.get(), "network.jitter")));
    }
}
