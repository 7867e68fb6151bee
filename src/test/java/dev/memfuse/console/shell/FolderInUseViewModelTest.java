package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.Test;

class FolderInUseViewModelTest {
    /// More than any system has processes.
    private static final long NOBODY = Integer.MAX_VALUE;

    private final List<String> actions = new ArrayList<>();
    private final FolderInUseViewModel model = new FolderInUseViewModel(
            new FolderInUseViewModel.Actions(() -> actions.add("retry"), folder -> actions.add("open " + folder),
                    () -> actions.add("quit")),
            new DirectTaskRunner(), Runnable::run);

    private void usedBy(long pid) {
        model.engineState(new EngineState.Failed("MemFuse is already running.", "Close it first.", "",
                OptionalLong.of(pid)));
    }

    @Test
    void anotherFailureIsNotItsBusiness() {
        model.engineState(new EngineState.Failed("The port is busy.", "Stop the other program."));

        assertFalse(model.inUseProperty().get());
    }

    @Test
    void saysWhoUsesTheFolder() {
        long pid = ProcessHandle.current().pid();
        usedBy(pid);
        assertTrue(model.inUseProperty().get());
        assertFalse(model.freeProperty().get());
        assertEquals("", model.holderProperty().get());

        model.show();

        assertTrue(model.holderProperty().get().startsWith("Process " + pid), model.holderProperty().get());
    }

    @Test
    void aSentenceOfAnyLengthIsShortened() {
        model.engineState(
                new EngineState.Failed("MemFuse is already running with the data in /" + "d".repeat(4_000) + ".",
                        "Close it first.", "", OptionalLong.of(NOBODY)));

        assertTrue(model.problemProperty().get().length() < 1_000, model.problemProperty().get());
    }

    @Test
    void aProcessThatHasEndedLeavesTheFolderFree() {
        usedBy(NOBODY);

        assertTrue(model.freeProperty().get());
    }

    @Test
    void withoutItsIdAnAttemptIsOffered() {
        usedBy(0);
        model.show();

        assertTrue(model.freeProperty().get());
        assertEquals("The process cannot be found out: the lock file of the folder cannot be read.",
                model.holderProperty().get());
    }

    @Test
    void itsButtonsDoWhatTheySay() {
        usedBy(NOBODY);
        model.again();
        model.open(Path.of("other"));
        model.quit();

        assertEquals(List.of("retry", "open other", "quit"), actions);
    }

    @Test
    void itLeavesWhenTheEngineStarts() {
        usedBy(NOBODY);
        model.engineState(new EngineState.Starting("Restarting", -1));

        assertFalse(model.inUseProperty().get());
    }
}
