package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.engine.User;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.Test;

class LoadDataViewModelTest {
    private final FakeEngine engine = new FakeEngine();
    private final Fakes.Loads loads = new Fakes.Loads();
    private final LoadDataViewModel model = new LoadDataViewModel(() -> Optional.of(engine), loads,
            new DirectTaskRunner(), Runnable::run);

    @Test
    void showsTheSizeAndOffersTheRemovalOnlyWhenThereIsSomething() {
        engine.createUser("mine");
        model.refresh();
        assertEquals("No users of loads.", model.sizeProperty().get());
        assertFalse(model.removableProperty().get());

        engine.loadData().createUser("load-x-1-u001", "x-1");
        model.refresh();

        assertEquals("1 user made by loads, with 0 messages (1000 bytes of text).", model.sizeProperty().get());
        assertTrue(model.removableProperty().get());
    }

    @Test
    void removesTheUsersOfLoadsOnly() {
        User mine = engine.createUser("mine");
        engine.loadData().createUser("load-x-1-u001", "x-1");
        engine.loadData().createUser("load-x-1-u002", "x-1");

        model.remove();

        assertEquals(List.of(mine), engine.users());
        assertEquals("Removed 2 load users with 6 messages.", model.outcomeProperty().get());
        assertFalse(model.removingProperty().get());
        assertEquals("No users of loads.", model.sizeProperty().get());
    }

    @Test
    void aCancelledRemovalKeepsTheRest() {
        engine.loadData().createUser("load-x-1-u001", "x-1");
        engine.loadData().createUser("load-x-1-u002", "x-1");
        engine.deleting = _ -> model.cancel();

        model.remove();

        assertEquals(1, engine.users().size());
        assertTrue(model.outcomeProperty().get().endsWith("1 is left. 'load-data remove' removes it."),
                model.outcomeProperty().get());
    }

    @Test
    void removesNothingWhileALoadRuns() {
        engine.loadData().createUser("load-x-1-u001", "x-1");
        loads.start(Loads.closed(1, Loads.ADDS, Duration.ZERO, Duration.ofSeconds(1)));

        model.remove();

        assertEquals(1, engine.users().size());
        assertEquals("A load is running. Its users are removed when it ends.", model.outcomeProperty().get());
    }

    @Test
    void theSentenceAboutARunningLoadLeavesWithTheLoad() {
        loads.start(Loads.closed(1, Loads.ADDS, Duration.ZERO, Duration.ofSeconds(1)));
        model.remove();
        loads.last().end(Fakes.result(1));

        model.check();

        assertEquals("", model.outcomeProperty().get());
    }
}
