package dev.memfuse.engine.retrieval;

import static dev.memfuse.engine.retrieval.IndexHarness.EAST;
import static dev.memfuse.engine.retrieval.IndexHarness.MODEL;
import static dev.memfuse.engine.retrieval.IndexHarness.chunk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryIndexTest {
    private final SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    private final Message first = IndexHarness.message(session, "apple", Instant.EPOCH);
    private final Message second = IndexHarness.message(session, "apple pie", Instant.EPOCH);

    private final OpenIndexes open = new OpenIndexes(10);

    @TempDir
    private Path folder;

    private Consumer<Reconciliation> source = _ -> {};
    private MemoryIndex memory;

    @BeforeEach
    void create() {
        memory = open.index(folder.resolve("user"), target -> source.accept(target));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static void noReload(Reconciliation loaded) {
        assertNull(loaded, "loaded twice");
    }

    private <T> T with(EmbeddingSpace space, Consumer<Reconciliation> loader, Function<UserIndex, T> work) {
        source = loader;
        return memory.with(space, work);
    }

    private Set<UUID> found(Consumer<Reconciliation> loader) {
        return with(MODEL, loader, index -> index
                .rank(index.match(IndexHarness.query("apple"), Scope.ALL, HintWeights.NONE), EAST, IndexHarness.PLAIN,
                        10)
                .entries().stream()
                .map(ScoredEntry::id).collect(Collectors.toSet()));
    }

    @Test
    void appliesChangesAfterItWasOpened() {
        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
        memory.addMessages(List.of(second));

        assertEquals(Set.of(first.id(), second.id()), found(MemoryIndexTest::noReload));
    }

    @Test
    void losesNoChangeThatArrivesWhileItIsOpened() {
        Set<UUID> found = found(index -> {
            index.buffered(first);
            memory.addMessages(List.of(second));
            memory.removeMessages(List.of(first.id()), IndexHarness.ERASURE);
            memory.addChunks(List.of(chunk(List.of(second.id()), "apple pie", EAST)));
        });

        assertEquals(Set.of(second.id()), found);
        assertEquals(List.of(), with(MODEL, MemoryIndexTest::noReload,
                index -> index.unembedded(index.match(IndexHarness.query("apple"), Scope.ALL, HintWeights.NONE), 5,
                        5)));
    }

    @Test
    void addsOnceWhatBothTheSourceAndAChangeBring() {
        found(index -> {
            memory.addMessages(List.of(first));
            index.buffered(first);
        });

        assertEquals(1, with(MODEL, MemoryIndexTest::noReload, UserIndex::size));
    }

    @Test
    void isReconciledAgainAfterItWasClosed() {
        found(index -> index.buffered(first));
        assertTrue(memory.close());
        memory.addMessages(List.of(second));

        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void isKeptOnDiskWhenItIsClosed() {
        found(index -> index.buffered(first));
        memory.close();

        found(index -> {
            assertFalse(index.needs(MemoryLayer.M0, first.id()));
        });
    }

    @Test
    void leavesNothingOnDiskWhenItIsDeleted() {
        found(index -> index.buffered(first));
        memory.save();
        memory.delete();

        assertFalse(Files.exists(folder.resolve("user")));
        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void aRemovalWhileItIsClosedDeletesItsFiles() {
        found(index -> index.buffered(first));
        memory.close();
        assertTrue(Files.exists(folder.resolve("user")));

        memory.removeMessages(List.of(first.id()), IndexHarness.ERASURE);

        assertFalse(Files.exists(folder.resolve("user")));
    }

    @Test
    void isReconciledAgainWhenTooManyChangesWerePending() {
        found(index -> index.buffered(first));
        for (int i = 0; i <= 50_000; i++) {
            memory.addChunks(List.of(chunk(List.of(first.id()), "apple", EAST)));
        }

        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void isReconciledAgainWhenAChunkLostOneOfItsMessages() {
        found(index -> {
            index.buffered(first);
            index.buffered(second);
            index.chunk(chunk(List.of(first.id(), second.id()), "apple apple pie", EAST));
        });
        memory.removeMessages(List.of(first.id()), IndexHarness.ERASURE);
        int[] loaded = {0};

        found(index -> {
            index.buffered(second);
            loaded[0]++;
        });

        assertEquals(1, loaded[0]);
    }

    @Test
    void isRebuiltForAnotherModel() {
        found(index -> index.buffered(first));

        assertEquals(1,
                with(new EmbeddingSpace("another", 8), index -> index.buffered(second), UserIndex::size));
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
            MemoryIndex other = open.index(folder.resolve("other"), index -> index.buffered(first));
            found(index -> index.buffered(first));
            indexes.touch(memory);
            other.with(MODEL, UserIndex::size);
            indexes.touch(other);

            EngineFixture.await("the first is closed", () -> !memory.isOpen());
            assertTrue(other.isOpen());
        }
    }

    @Test
    void closingAllIndexesWaitsForARunningQuery() throws Exception {
        OpenIndexes indexes = new OpenIndexes(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread query = Thread.ofPlatform().start(() -> with(MODEL, index -> index.buffered(first), index -> {
            indexes.touch(memory);
            inside.countDown();
            awaitUninterruptibly(release);
            return index.size();
        }));
        inside.await();
        Thread closing = Thread.ofPlatform().start(indexes::close);
        EngineFixture.await("the closing thread waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        query.join();
        closing.join();

        assertFalse(memory.isOpen());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An interrupt closes the file under Lucene's writer, which then stays closed, as after a lack of memory.
    @Test
    void anIndexWhoseWriterClosedInASaveIsRebuilt() {
        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
        Thread.currentThread().interrupt();
        memory.save();
        assertTrue(Thread.interrupted());

        assertEquals(Set.of(first.id(), second.id()), found(index -> {
            index.buffered(first);
            index.buffered(second);
        }));
        memory.save();
        memory.close();
        assertEquals(Set.of(first.id(), second.id()), found(index -> {
            index.buffered(first);
            index.buffered(second);
        }));
    }

    @Test
    void anIndexWhoseReconciliationFailedByAnErrorIsRebuilt() {
        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
        memory.markStale();
        assertThrows(OutOfMemoryError.class, () -> found(index -> {
            index.buffered(second);
            throw new OutOfMemoryError("in the source");
        }));

        assertEquals(Set.of(first.id(), second.id()), found(index -> {
            index.buffered(first);
            index.buffered(second);
        }));
    }

    @Test
    void aReconciliationThatTheDatabaseRefusedIsRepeated() {
        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
        memory.markStale();
        assertThrows(EngineException.class, () -> found(_ -> {
            throw new EngineException("no database");
        }));

        assertEquals(Set.of(first.id(), second.id()), found(index -> {
            index.buffered(first);
            index.buffered(second);
        }));
    }

    @Test
    void aChangeThatFailsMakesTheNextQueryRebuildTheIndex() {
        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
        memory.addMessages(new AbstractList<>() {
            @Override
            public Message get(int number) {
                throw new StackOverflowError();
            }

            @Override
            public int size() {
                return 1;
            }
        });
        assertThrows(StackOverflowError.class, () -> found(MemoryIndexTest::noReload));

        assertEquals(Set.of(second.id()), found(index -> index.buffered(second)));
    }

    @Test
    void anErrorWhileItOpensLeavesItClosed() {
        assertThrows(LinkageError.class, () -> found(_ -> {
            throw new LinkageError();
        }));
        assertFalse(memory.isOpen());

        assertEquals(Set.of(first.id()), found(index -> index.buffered(first)));
    }
}
