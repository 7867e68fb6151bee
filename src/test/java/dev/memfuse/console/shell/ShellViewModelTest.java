package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.Test;

class ShellViewModelTest {
    private final Fakes.Host host = new Fakes.Host();
    private final Fakes.Loads loads = new Fakes.Loads();
    private final LiveTunables tunables = Fakes.tunables();
    private final List<String> messages = new ArrayList<>();
    private final ShellViewModel model = new ShellViewModel(host, tunables, loads,
            new PageTools(new DirectTaskRunner(), messages::add));

    @Test
    void showsTheStartUntilTheEngineIsReady() {
        model.engineState(new EngineState.Starting("Unpacking", 0.5));
        assertEquals(new EngineState.Starting("Unpacking", 0.5), model.startingProperty().get());

        model.engineState(new EngineState.Ready("PostgreSQL 18"));

        assertNull(model.startingProperty().get());
        assertTrue(model.readyProperty().get());
    }

    @Test
    void showsABannerWhileTheEngineIsFailedAndPassesTheRetryOn() {
        model.engineState(new EngineState.Failed("No space left.", "Free some."));
        assertEquals(new ErrorSurface.Banner("No space left.", "Free some."), model.bannerProperty().get());

        model.retry();
        model.engineState(new EngineState.Starting("Again", -1));

        assertEquals(List.of("retry"), host.requests);
        assertNull(model.bannerProperty().get());
    }

    @Test
    void aProblemOfTheStorageShowsUnlessTheEngineItselfFailed() {
        var lost = new ErrorSurface.Banner("The database cannot be reached.", "Wait.", ErrorSurface.Severity.WARNING);
        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        model.storageProblem(lost);
        assertEquals(lost, model.bannerProperty().get());
        assertFalse(model.retryableProperty().get());

        model.engineState(new EngineState.Failed("No space left.", "Free some."));
        assertEquals("No space left.", model.bannerProperty().get().problem());
        assertTrue(model.retryableProperty().get());

        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        model.storageProblem(null);

        assertNull(model.bannerProperty().get());
    }

    @Test
    void switchesTheBypassOfTheSettingsInForce() {
        boolean before = tunables.get().buffer().bypassMode();

        model.bypassProperty().set(!before);

        assertEquals(!before, tunables.get().buffer().bypassMode());
        assertEquals(!before, model.bypassProperty().get());
    }

    @Test
    void showsTheBypassAsItIsWhenTheChangeIsRefused() {
        LateTaskRunner late = new LateTaskRunner();
        boolean before = tunables.get().buffer().bypassMode();
        ShellViewModel refusing = new ShellViewModel(host, Fakes.refusing(tunables, "The buffers are full."), loads,
                new PageTools(late, messages::add));

        refusing.bypassProperty().set(!before);
        late.runAll();

        assertEquals(before, refusing.bypassProperty().get());
        assertEquals(List.of("The buffer bypass was not changed: The buffers are full."), messages);
    }

    @Test
    void undoTakesBackTheNewestChangeAndSaysWhich() {
        tunables.apply("test", now -> ConfigValues.with(now, "postgres.pool_size", 33));

        model.undo();

        assertEquals(List.of("Undone: postgres.pool_size: 33 → 10"), messages);
        assertEquals(10, tunables.get().postgres().poolSize());
    }

    @Test
    void undoSaysWhenThereIsNothingToUndo() {
        model.undo();

        assertEquals(List.of("There is no change to undo."), messages);
    }

    @Test
    void followsTheLoadThatRunsAndStopsIt() {
        startLoad();
        model.tick();
        assertEquals("0:12 / 0:35", model.loadTextProperty().get());

        model.stopLoad();
        loads.last().progress = new LoadRun.Status(LoadRun.Phase.DRAINING, Duration.ZERO, Duration.ZERO, 0, 0, 8,
                Duration.ZERO, Optional.empty());
        model.tick();

        assertEquals(List.of("stop"), loads.last().requests);
        assertEquals("Finishing", model.loadTextProperty().get());
    }

    @Test
    void noLoadIsShownAfterItsEnd() {
        startLoad();
        model.tick();

        loads.last().end(Fakes.result(1));
        model.tick();

        assertFalse(model.loadRunningProperty().get());
        assertEquals("", model.loadTextProperty().get());
    }

    private void startLoad() {
        loads.start(new Workload(1, new Workload.Arrival.Closed(1), Duration.ofSeconds(30), Duration.ZERO,
                new Workload.Mix(1, 0, 0), 1, 1, 1, Optional.empty()));
    }
}
