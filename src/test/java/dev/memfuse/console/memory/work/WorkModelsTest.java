package dev.memfuse.console.memory.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.memory.SampleMemory;
import dev.memfuse.engine.Inspection.BufferedUser;
import dev.memfuse.engine.exception.StorageUnavailableException;
import org.junit.jupiter.api.Test;

/// Buffers, dead letters and jobs.
class WorkModelsTest {
    private final SampleMemory memory = new SampleMemory(1);
    private final DirectTaskRunner tasks = new DirectTaskRunner();
    private final BuffersModel buffers = new BuffersModel(() -> Optional.of(memory.engine), tasks);
    private final LettersModel letters = new LettersModel(() -> Optional.of(memory.engine), tasks);
    private final JobsModel jobs = new JobsModel(() -> Optional.of(memory.engine), tasks);

    @Test
    void theSelectedUserStaysSelectedWhileItsNumbersChange() {
        buffers.refresh();
        assertEquals("176 messages of 2 users.", buffers.summaryProperty().get());
        buffers.selectedProperty().set(buffers.users().getFirst());
        buffers.refresh();
        assertEquals(1, buffers.messages().size());
        BufferedUser changed = new BufferedUser(memory.alice.id(), "alice", 4, 120, 40, 2);
        memory.engine.inspection.bufferedUsers.set(0, changed);

        buffers.refresh();

        assertEquals(changed, buffers.selectedProperty().get());
        memory.engine.inspection.bufferedUsers.clear();
        buffers.refresh();
        assertInstanceOf(PageState.Empty.class, buffers.stateProperty().get());
        assertEquals(List.of(), buffers.messages());
    }

    @Test
    void deadLettersAreDiscardedOnlyAfterAQuestion() {
        letters.refresh();
        List<LettersModel.Letter> all = List.copyOf(letters.letters());
        assertEquals("USER: smile \uD83D\uDE00", all.getFirst().texts());

        letters.discard();
        letters.askDiscard(all);
        letters.keep();
        letters.discard();
        assertEquals(1, memory.engine.deadLetters.size());
        letters.askDiscard(all);
        assertEquals("Discard 1 dead letter? Their messages are lost.", letters.questionProperty().get());
        letters.discard();

        assertEquals(0, memory.engine.deadLetters.size());
        assertEquals("Discarded 1 dead letter.", letters.outcomeProperty().get());
        assertInstanceOf(PageState.Empty.class, letters.stateProperty().get());
    }

    @Test
    void deadLettersAreRetried() {
        letters.refresh();

        letters.retry(letters.letters());

        assertEquals("1 letter stored, 0 refused again.", letters.outcomeProperty().get());
        assertFalse(letters.busyProperty().get());
    }

    @Test
    void jobsShowProgressAndCanBePausedAndCancelled() {
        jobs.refresh();
        JobsModel.Jobs found = Objects.requireNonNull(jobs.jobsProperty().get());
        assertTrue(found.extraction().getFirst().startsWith("M1: 12 rounds waiting, 2 in work, 1 failed"),
                found.extraction().toString());
        assertEquals("M2: nothing waits.", found.extraction().getLast());
        assertEquals(1, found.failed());
        assertEquals(0.25, found.reembedding().share());
        assertTrue(found.reembedding().running());

        jobs.pauseReembedding();
        assertTrue(Objects.requireNonNull(jobs.jobsProperty().get()).reembedding().paused());
        jobs.startReembedding();
        assertFalse(Objects.requireNonNull(jobs.jobsProperty().get()).reembedding().paused());
        jobs.cancelReembedding();
        jobs.cancelLayerBuild();

        JobsModel.Jobs ended = Objects.requireNonNull(jobs.jobsProperty().get());
        assertFalse(ended.reembedding().running());
        assertFalse(ended.layerBuild().running());
    }

    @Test
    void aFailureToReadIsShownAndEndsWithTheNextReading() {
        memory.engine.extraction = () -> {
            throw new StorageUnavailableException("The database is away.", "", null);
        };
        jobs.refresh();
        assertEquals("The database is away.", jobs.problemProperty().get());
        memory.engine.inspection.before = () -> {
            throw new StorageUnavailableException("Away.", "", null);
        };
        buffers.refresh();
        assertInstanceOf(PageState.Failed.class, buffers.stateProperty().get());
        memory.engine.inspection.before = () -> {};
        buffers.refresh();

        assertEquals(PageState.READY, buffers.stateProperty().get());
    }
}
