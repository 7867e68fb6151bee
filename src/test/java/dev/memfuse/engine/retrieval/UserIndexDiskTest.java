package dev.memfuse.engine.retrieval;

import static dev.memfuse.engine.retrieval.IndexHarness.EAST;
import static dev.memfuse.engine.retrieval.IndexHarness.MODEL;
import static dev.memfuse.engine.retrieval.IndexHarness.NORTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Files of an index: what they hold after saves, removals, reopening and damage.
class UserIndexDiskTest {
    @TempDir
    private Path folder;

    private IndexHarness harness;

    @BeforeEach
    void open() {
        harness = new IndexHarness(folder);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private void reopen(EmbeddingSpace model) {
        harness.index.close();
        harness.index = UserIndex.open(folder, model);
    }

    private boolean onDisk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(new String(bytes, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void findsSavedEntriesAfterReopening() {
        UUID apple = harness.add("apples in the orchard", EAST);
        UUID pear = harness.add("pears on the tree", NORTH);
        List<ScoredEntry> before = harness.rank("apple", EAST, IndexHarness.PLAIN, 5);
        harness.index.save();
        reopen(MODEL);

        assertEquals(before, harness.rank("apple", EAST, IndexHarness.PLAIN, 5));
        assertEquals(List.of(apple, pear), harness.search("apple", EAST, 5));
    }

    @Test
    void neighboursAreTheSameAfterReopening() {
        for (int i = 0; i < 6; i++) {
            harness.add("turn " + i + "?");
            if (i == 2) {
                harness.index.save();
            }
        }
        harness.add("Which lighthouse?");
        harness.add("the end");
        RankingRules rules = new RankingRules(IndexHarness.PLAIN.fusion(), 60, 0.5,
                new NeighbourWeights(0.1, 0.4, 0.2, 0.5), HintWeights.NONE);
        List<ScoredEntry> before = harness.rank("lighthouse", EAST, rules, 5);
        harness.index.save();
        reopen(MODEL);

        assertEquals(3, before.size());
        assertEquals(before, harness.rank("lighthouse", EAST, rules, 5));
    }

    @Test
    void anIndexOfAnotherModelIsDeleted() {
        harness.add("apple", EAST);
        harness.index.save();
        reopen(new EmbeddingSpace("another", 8));

        assertEquals(0, harness.index.size());
    }

    @Test
    void aPageWithoutAPlaceOnTheDiskIsASentence() throws IOException {
        harness.add("apple", EAST);
        // A mapped page behind the end of its file fails as one does for which a full disk has no place.
        try (FileChannel vectors = FileChannel.open(folder.resolve("vectors"), StandardOpenOption.WRITE)) {
            vectors.truncate(0);
        }

        for (Executable use : List.<Executable>of(() -> harness.add("pear", NORTH),
                () -> harness.rank("apple", EAST, IndexHarness.PLAIN, 5))) {
            String sentence = String.valueOf(assertThrows(EngineException.class, use).getMessage());
            assertTrue(sentence.contains("Free disk space"), sentence);
        }
    }

    @Test
    void aDamagedIndexIsDeleted() throws IOException {
        harness.add("apple", EAST);
        harness.index.save();
        harness.index.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("segments_")).toList()) {
                Files.write(file, new byte[]{1, 2, 3});
            }
        }
        harness.index = UserIndex.open(folder, MODEL);

        assertEquals(0, harness.index.size());
        UUID rebuilt = harness.add("apple", EAST);
        assertEquals(List.of(rebuilt), harness.search("apple", EAST, 5));
    }

    @Test
    void reconciliationAddsEntriesThatWereNotSaved() {
        harness.add("saved");
        harness.index.save();
        harness.add("lost");
        reopen(MODEL);
        assertEquals(1, harness.index.size());

        Reconciliation reconciliation = harness.index.reconcile(() -> false);
        harness.messages.stream().filter(message -> reconciliation.needs(MemoryLayer.M0, message.id()))
                .forEach(reconciliation::message);
        reconciliation.finish();

        assertEquals(2, harness.index.size());
        assertEquals(1, harness.search("lost", EAST, 5).size());
    }

    @Test
    void reconciliationRemovesEntriesThatTheDatabaseDoesNotHave() {
        UUID ghost = harness.add("a ghost", EAST);
        UUID real = harness.add("real", NORTH);
        harness.index.save();
        reopen(MODEL);

        Reconciliation reconciliation = harness.index.reconcile(() -> false);
        assertFalse(reconciliation.needs(MemoryLayer.M0, real));
        reconciliation.finish();

        assertEquals(List.of(), harness.search("ghost", EAST, 5).stream().filter(ghost::equals).toList());
        assertEquals(List.of(real), harness.search("real", NORTH, 5));
    }

    @Test
    void aSaveErasesRemovedMessagesFromTheDisk() throws IOException {
        UUID secret = harness.add("zanzibarian secrets", EAST);
        harness.add("something harmless", NORTH);
        harness.index.save();
        assertTrue(onDisk("zanzibarian"));

        harness.index.remove(List.of(secret));
        harness.index.save();

        assertFalse(onDisk("zanzibarian"));
        assertTrue(onDisk("harmless"));
        float[] leftover = new float[]{1, 1, 1, 1};
        assertEquals(0, harness.search("unrelated", leftover, 5).stream().filter(secret::equals).count());
    }
}
