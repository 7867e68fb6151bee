package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.Fakes;
import org.junit.jupiter.api.Test;

class LiveSettingTest {
    private static final String BYPASS = "buffer.bypass_mode";

    private final LateTaskRunner late = new LateTaskRunner();
    private final List<String> messages = new ArrayList<>();
    private final LiveTunables tunables = Fakes.tunables();

    private LiveSetting<Boolean> setting(Tunables settings) {
        return new LiveSetting<>("the buffer bypass", settings, config -> config.buffer().bypassMode(),
                new LiveSetting.Change<>("test", (config, on) -> ConfigValues.with(config, BYPASS, on)),
                new PageTools(late, new SerialTaskRunner(late, e -> messages.add(e.toString())), messages::add));
    }

    @Test
    void aSecondClickWhileTheFirstIsUnderWayIsCarriedOut() {
        LiveSetting<Boolean> bypass = setting(tunables);
        boolean before = bypass.valueProperty().get();

        bypass.valueProperty().set(!before);
        bypass.valueProperty().set(before);
        bypass.valueProperty().set(!before);
        bypass.valueProperty().set(before);
        late.runAll();

        assertEquals(before, tunables.get().buffer().bypassMode());
        assertEquals(4, tunables.history().size());
        assertEquals(before, bypass.valueProperty().get());
    }

    @Test
    void whatWasAskedStaysVisibleWhileItIsUnderWay() {
        LiveSetting<Boolean> bypass = setting(tunables);
        boolean before = bypass.valueProperty().get();
        bypass.valueProperty().set(!before);

        bypass.show();

        assertEquals(!before, bypass.valueProperty().get());
        late.runAll();
        assertEquals(!before, bypass.valueProperty().get());
    }

    @Test
    void aRefusedChangeShowsWhatIsInForceAndSaysWhy() {
        LiveSetting<Boolean> bypass = setting(Fakes.refusing(tunables, "The buffers are full."));
        boolean before = bypass.valueProperty().get();

        bypass.valueProperty().set(!before);
        late.runAll();

        assertEquals(before, bypass.valueProperty().get());
        assertEquals(List.of("The buffer bypass was not changed: The buffers are full."), messages);
    }

    @Test
    void aChangeElsewhereShows() {
        LiveSetting<Boolean> bypass = setting(tunables);
        tunables.apply("elsewhere", config -> ConfigValues.with(config, BYPASS, true));
        bypass.show();
        assertTrue(bypass.valueProperty().get());

        tunables.apply("elsewhere", config -> ConfigValues.with(config, BYPASS, false));
        bypass.show();

        assertFalse(bypass.valueProperty().get());
        assertEquals(0, late.waiting());
    }
}
