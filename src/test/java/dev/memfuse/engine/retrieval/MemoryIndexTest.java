package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class MemoryIndexTest {
    private static final String MODEL = "model@1";
    private static final float[] VECTOR = {1, 0};

    private final MemoryIndex memory = new MemoryIndex();
    private final UUID first = new UUID(0, 1);
    private final UUID second = new UUID(0, 2);

    private static List<UUID> found(UserIndex index) {
        return index.search("apple", VECTOR, 10).stream().map(UserIndex.Ranked::messageId).sorted().toList();
    }

    @Test
    void builtOnceItFollowsEvents() {
        UserIndex built = memory.ready(MODEL, index -> index.add(first, "apple"));
        memory.added(second, "apple pie");

        UserIndex again = memory.ready(MODEL, _ -> {
            throw new AssertionError("loaded twice");
        });

        assertSame(built, again);
        assertEquals(List.of(first, second), found(again));
    }

    @Test
    void losesNoEventThatComesWhileItIsBuilt() {
        UserIndex built = memory.ready(MODEL, index -> {
            index.add(first, "apple");
            memory.added(second, "apple pie");
            memory.removed(List.of(first));
            memory.embedded(List.of(second), MODEL, VECTOR);
        });

        assertEquals(List.of(second), found(built));
        assertEquals(1, built.size());
        assertEquals(List.of(), built.candidates("apple", 5, 5));
    }

    @Test
    void takesOnceWhatBothTheLoaderAndAnEventBring() {
        UserIndex built = memory.ready(MODEL, index -> {
            memory.added(first, "apple");
            index.add(first, "apple");
        });

        assertEquals(1, built.size());
    }

    @Test
    void isLoadedAgainAfterItWasForgotten() {
        UserIndex built = memory.ready(MODEL, index -> index.add(first, "apple"));
        memory.forget();
        memory.added(second, "not heard, since the loader will bring it");

        UserIndex again = memory.ready(MODEL, index -> index.add(second, "apple"));

        assertNotSame(built, again);
        assertEquals(List.of(second), found(again));
    }

    @Test
    void anIndexForgottenWhileItIsBuiltIsNotKept() {
        memory.ready(MODEL, index -> {
            index.add(first, "apple");
            memory.forget();
        });

        assertEquals(List.of(second), found(memory.ready(MODEL, index -> index.add(second, "apple"))));
    }

    @Test
    void dropsAnIndexThatNobodyQueriesWhenTooManyEventsWait() {
        memory.ready(MODEL, index -> index.add(first, "apple"));
        for (int i = 0; i <= 50_000; i++) {
            memory.embedded(List.of(first), MODEL, VECTOR);
        }

        assertEquals(List.of(second), found(memory.ready(MODEL, index -> index.add(second, "apple"))));
    }

    @Test
    void isDroppedWhenIdle() {
        UserIndex built = memory.ready(MODEL, index -> index.add(first, "apple"));
        memory.forgetIfIdle(Long.MAX_VALUE);
        assertSame(built, memory.ready(MODEL, _ -> {}));

        memory.forgetIfIdle(-1);

        assertNotSame(built, memory.ready(MODEL, _ -> {}));
    }
}
