package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexRootTest {
    private final UUID user = UUID.randomUUID();
    private final Message message = IndexHarness.message(new SessionKey(user, UUID.randomUUID()), "apple",
            Instant.EPOCH);

    private final OpenIndexes open = new OpenIndexes(10);

    @TempDir
    private Path folder;

    private int sizeAfterQuery(IndexRoot root) {
        MemoryIndex index = root.index(user, target -> target.buffered(message), open);
        int size = index.with(IndexHarness.MODEL, UserIndex::size);
        index.close();
        return size;
    }

    @Test
    void aKeptFolderHoldsTheIndexesAndIsFreeAgainAfterwards() {
        for (int i = 0; i < 2; i++) {
            try (IndexRoot root = IndexRoot.keptIn(folder)) {
                assertEquals(1, sizeAfterQuery(root));
                assertTrue(Files.exists(folder.resolve(user.toString())));
            }
        }
    }

    @Test
    void aSecondEngineOnTheSameFolderBuildsItsOwnIndexes() {
        try (IndexRoot first = IndexRoot.keptIn(folder); IndexRoot second = IndexRoot.keptIn(folder)) {
            assertEquals(1, sizeAfterQuery(second));

            assertFalse(Files.exists(folder.resolve(user.toString())));
            assertEquals(1, sizeAfterQuery(first));
        }
    }

    @Test
    void anEmptyIndexLeavesNothingOnTheDisk() {
        try (IndexRoot root = IndexRoot.keptIn(folder)) {
            MemoryIndex index = root.index(user, _ -> {}, open);
            assertEquals(List.of(), index.with(IndexHarness.MODEL, open -> open
                    .rank(open.match(IndexHarness.query("apple"), Scope.ALL, HintWeights.NONE), IndexHarness.EAST,
                            IndexHarness.PLAIN, 5)
                    .entries()));
            index.close();

            assertFalse(Files.exists(folder.resolve(user.toString())));
        }
    }
}
