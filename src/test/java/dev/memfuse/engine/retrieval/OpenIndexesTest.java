package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.file.ByteSearch;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index is cared for from the start of its first build, however long that takes.
class OpenIndexesTest {
    private static final String WORD = "zxcvbdfghjklmnpqrtw";

    private final SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    private final Message kept = IndexHarness.message(session, "apple", Instant.EPOCH);
    private final Message removed = IndexHarness.message(session, WORD, Instant.EPOCH);
    private final OpenIndexes open = new OpenIndexes(10);
    private final CountDownLatch building = new CountDownLatch(1);
    private final CountDownLatch mayFinish = new CountDownLatch(1);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        mayFinish.countDown();
        open.close();
    }

    private MemoryIndex slow() {
        return open.index(folder.resolve("slow"), target -> {
            building.countDown();
            await(mayFinish);
            target.buffered(kept);
            target.buffered(removed);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
    }

    /// Runs maintenance until it has certainly passed all indexes once: an index that has something to erase is saved.
    private void maintainOnce() {
        MemoryIndex other = open.index(folder.resolve(UUID.randomUUID().toString()),
                target -> target.buffered(kept));
        other.with(IndexHarness.MODEL, UserIndex::size);
        other.save();
        other.removeMessages(List.of(kept.id()), IndexHarness.ERASURE);
        EngineFixture.await("maintenance", () -> {
            open.maintain(Duration.ofSeconds(10));
            return other.with(IndexHarness.MODEL, UserIndex::unsaved) == 0;
        });
    }

    @Test
    void anIndexWhoseFirstBuildTakesLongerThanATickErasesAndIsClosed() {
        MemoryIndex index = slow();
        CompletableFuture<Integer> query = inBackground(() -> index.with(IndexHarness.MODEL, UserIndex::size));
        await(building);
        maintainOnce();
        mayFinish.countDown();
        assertEquals(2, query.join());
        index.save();
        assertFalse(ByteSearch.find(folder, WORD).isEmpty());

        index.removeMessages(List.of(removed.id()), IndexHarness.ERASURE);
        EngineFixture.await("the text is off the disk", () -> {
            open.maintain(Duration.ofSeconds(10));
            return ByteSearch.find(folder, WORD).isEmpty();
        });
        open.close();

        assertFalse(index.isOpen());
    }

    @Test
    void aLongBuildDoesNotDelayTheOthers() {
        inBackground(() -> slow().with(IndexHarness.MODEL, UserIndex::size));
        await(building);

        maintainOnce();

        assertEquals(1, mayFinish.getCount());
    }

    @Test
    void closingEndsABuild() {
        MemoryIndex index = slow();
        CompletableFuture<Integer> query = inBackground(() -> index.with(IndexHarness.MODEL, UserIndex::size));
        await(building);
        CompletableFuture<Boolean> closing = inBackground(() -> {
            open.close();
            return true;
        });
        EngineFixture.await("the index may build no more", index::isShuttingDown);
        mayFinish.countDown();

        assertThrows(CompletionException.class, query::join);
        assertTrue(closing.join());
        assertFalse(index.isActive());
    }

    /// A build saves large portions, so its files may hold the text when it fails before the removal is applied.
    @Test
    void aRemovalDuringABuildThatFailsLeavesNoText() {
        MemoryIndex index = open.index(folder.resolve("failing"), target -> {
            target.buffered(removed);
            target.save();
            assertFalse(ByteSearch.find(folder, WORD).isEmpty());
            building.countDown();
            await(mayFinish);
            throw new IllegalStateException("the database is gone");
        });
        CompletableFuture<Integer> query = inBackground(() -> index.with(IndexHarness.MODEL, UserIndex::size));
        await(building);
        index.removeMessages(List.of(removed.id()), IndexHarness.ERASURE);
        mayFinish.countDown();

        assertThrows(CompletionException.class, query::join);
        assertEquals(List.of(), ByteSearch.find(folder, WORD));
    }

    @Test
    void anOpenIndexKeepsOneFileOpen() {
        open(0);
        long before = openFiles();

        IntStream.range(1, 10).forEach(this::open);

        // The lock of its folder; other threads of this process may open a few more.
        assertTrue(openFiles() - before < 9 + 5,
                "" + (openFiles() - before));
    }

    /// Returns the number of open files of this process; always 0 on Windows, which does not count them.
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    private void open(int number) {
        open.index(folder.resolve("user" + number), target -> target.buffered(kept)).with(IndexHarness.MODEL,
                UserIndex::size);
    }
}
