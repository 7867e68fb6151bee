package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.file.ByteSearch;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A removed entry leaves no byte of its text in the files of an index of thousands of entries, however few are
/// removed.
class DiskErasureTest {
    private static final int MESSAGES = 3_000;
    /// Without vowels, so that the stemmer leaves a word as it is.
    private static final String LETTERS = "bcdfghjkmnpqrtvwxz";

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<String> words = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();

    @TempDir
    private Path folder;

    private IndexHarness harness;

    @BeforeEach
    void fill() {
        harness = new IndexHarness(folder);
        for (int i = 0; i < MESSAGES; i++) {
            words.add(word());
            ids.add(harness.add("We met " + words.get(i) + " on the way home", 0, 1, 0, 0));
            if (i % 700 == 0) {
                harness.index.save();
            }
        }
        harness.index.save();
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private String word() {
        return IntStream.range(0, 24)
                .mapToObj(_ -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
    }

    /// A dictionary shares the beginnings of its words, so a file holds at least the end of a word.
    private static String end(String word) {
        return word.substring(word.length() / 2);
    }

    private List<Path> files(int message) {
        return ByteSearch.find(folder, end(words.get(message)));
    }

    @Test
    void theTextOfOneRemovedMessageIsInNoFile() throws IOException {
        assertFalse(files(1_234).isEmpty(), "the search must find a text that is there");

        harness.index.remove(List.of(ids.get(1_234)));
        harness.index.save();

        assertEquals(List.of(), files(1_234));
        assertEquals(List.of(), terms(words.get(1_234)));
        assertFalse(files(1_235).isEmpty());
    }

    @Test
    void theTextsOfARemovedSessionAreInNoFile() {
        harness.startSession();
        List<String> removed = IntStream.range(0, 20).mapToObj(_ -> word()).toList();
        removed.forEach(harness::add);
        harness.index.save();
        assertFalse(ByteSearch.find(folder, end(removed.getFirst())).isEmpty());

        harness.index.removeSession(harness.session.sessionId());
        harness.index.save();

        removed.forEach(word -> assertEquals(List.of(), ByteSearch.find(folder, end(word)), word));
    }

    @Test
    void nothingIsLeftAfterClosingAndOpening() {
        harness.index.remove(ids.subList(10, 13));
        harness.index.save();
        harness.close();
        harness = new IndexHarness(folder);

        IntStream.range(10, 13).forEach(i -> assertEquals(List.of(), files(i)));
        assertEquals(MESSAGES * 2 - 6, harness.index.size());
    }

    /// Reads what the reader of the files sees: terms, deleted documents included.
    private List<String> terms(String word) throws IOException {
        List<String> found = new ArrayList<>();
        try (FSDirectory directory = FSDirectory.open(folder.resolve("texts"));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                TermsEnum terms = leaf.reader().terms(MemoryLayer.M0.label()).iterator();
                if (terms.seekExact(new BytesRef(word))) {
                    found.add(word);
                }
            }
        }
        return found;
    }
}
