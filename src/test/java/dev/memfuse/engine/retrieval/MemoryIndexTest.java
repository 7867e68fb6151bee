package dev.memfuse.engine.retrieval;

import static dev.memfuse.engine.retrieval.IndexHarness.EAST;
import static dev.memfuse.engine.retrieval.IndexHarness.MODEL;
import static dev.memfuse.engine.retrieval.IndexHarness.chunk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryIndexTest {
    private final SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    private final Message first = IndexHarness.message(session, "apple", Instant.EPOCH);
    private final Message second = IndexHarness.message(session, "apple pie", Instant.EPOCH);

    @TempDir
    private Path folder;

    private MemoryIndex memory;

    @BeforeEach
    void make() {
        memory = new MemoryIndex(folder.resolve("user"));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static void notAgain(Reconciliation loaded) {
        assertNull(loaded, "loaded twice");
    }

    private Set<UUID> found(Consumer<Reconciliation> loader) {
        return memory.with(MODEL, loader, index -> index
                .rank(index.match("apple", Scope.ALL), EAST, IndexHarness.PLAIN, 10).found().stream()
                .map(ScoredEntry::id).collect(Collectors.toSet()));
    }

    @Test
    void openedOnceItFollowsEvents() {
        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
        memory.added(List.of(second));

        assertEquals(Set.of(first.id(), second.id()), found(MemoryIndexTest::notAgain));
    }

    @Test
    void losesNoEventThatComesWhileItIsOpened() {
        Set<UUID> found = found(index -> {
            index.buffered(first);
            memory.added(List.of(second));
            memory.removed(List.of(first.id()));
            memory.chunked(List.of(chunk(List.of(second.id()), "apple pie", EAST)));
        });

        assertEquals(Set.of(second.id()), found);
        assertEquals(List.of(), memory.with(MODEL, MemoryIndexTest::notAgain,
                index -> index.unembedded(index.match("apple", Scope.ALL), 5, 5)));
    }

    @Test
    void takesOnceWhatBothTheLoaderAndAnEventBring() {
        found(index -> {
            memory.added(List.of(first));
            index.buffered(first);
        });

        assertEquals(1, memory.with(MODEL, MemoryIndexTest::notAgain, UserIndex::size));
    }

    @Test
    void isComparedWithTheDatabaseAgainAfterItWasClosed() {
        found(index -> index.buffered(first));
        assertTrue(memory.close());
        memory.added(List.of(second));

        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void isKeptOnDiskWhenItIsClosed() {
        found(index -> index.buffered(first));
        memory.close();

        found(index -> {
            assertFalse(index.wants(dev.memfuse.engine.MemoryLayer.M0, first.id()));
        });
    }

    @Test
    void leavesNothingOnDiskWhenItIsWiped() {
        found(index -> index.buffered(first));
        memory.save();
        memory.wipe();

        assertFalse(Files.exists(folder.resolve("user")));
        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void aRemovalWhileItIsClosedDeletesItFromTheDisk() {
        found(index -> index.buffered(first));
        memory.close();
        assertTrue(Files.exists(folder.resolve("user")));

        memory.removed(List.of(first.id()));

        assertFalse(Files.exists(folder.resolve("user")));
    }

    @Test
    void isComparedWithTheDatabaseAgainWhenTooManyEventsWaited() {
        found(index -> index.buffered(first));
        for (int i = 0; i <= 50_000; i++) {
            memory.chunked(List.of(chunk(List.of(first.id()), "apple", EAST)));
        }

        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void isComparedWithTheDatabaseAgainWhenAChunkLostOneOfItsMessages() {
        found(index -> {
            index.buffered(first);
            index.buffered(second);
            index.chunk(chunk(List.of(first.id(), second.id()), "apple apple pie", EAST));
        });
        memory.removed(List.of(first.id()));
        int[] loaded = {0};

        found(index -> {
            index.buffered(second);
            loaded[0]++;
        });

        assertEquals(1, loaded[0]);
    }

    @Test
    void isBuiltAgainForAnotherModel() {
        found(index -> index.buffered(first));

        assertEquals(1,
                memory.with(new EmbeddingSpace("another", 8), index -> index.buffered(second), UserIndex::size));
    }

    @Test
    void isClosedWhenIdleAndNotBefore() {
        found(index -> index.buffered(first));
        memory.closeIfIdle(Long.MAX_VALUE);
        assertTrue(memory.isOpen());

        memory.closeIfIdle(-1);

        assertFalse(memory.isOpen());
    }

    @Test
    void theLeastRecentlyUsedIsClosedWhenThereAreTooMany() {
        try (OpenIndexes indexes = new OpenIndexes(1)) {
            MemoryIndex other = new MemoryIndex(folder.resolve("other"));
            found(index -> index.buffered(first));
            indexes.used(memory);
            other.with(MODEL, index -> index.buffered(first), UserIndex::size);
            indexes.used(other);

            dev.memfuse.store.EngineFixture.await("the first is closed", () -> !memory.isOpen());
            assertTrue(other.isOpen());
        }
    }
}
