package dev.memfuse.engine.retrieval;

import static dev.memfuse.engine.retrieval.IndexHarness.EAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words of all scripts in an index: on the disk and in memory.
class UnicodeSearchTest {
    @TempDir
    private Path folder;

    private IndexHarness harness;

    @BeforeEach
    void open() {
        harness = new IndexHarness(folder.resolve("user"));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private void saveIf(boolean saved) {
        if (saved) {
            harness.index.save();
        }
    }

    private List<UUID> matches(String question) {
        UserIndex.Matched matched = harness.index.match(IndexHarness.query(question), Scope.ALL, HintWeights.NONE);
        return harness.messages.stream().map(message -> message.id())
                .filter(id -> score(matched, id) > 0).toList();
    }

    private float score(UserIndex.Matched matched, UUID id) {
        for (int i = 0; i < harness.messages.size(); i++) {
            if (harness.messages.get(i).id().equals(id)) {
                return matched.lexical()[i];
            }
        }
        throw new AssertionError(id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExactAccentRanksAboveAFoldedOneAndBothAreFound(boolean saved) {
        UUID plain = harness.add("met Jose yesterday");
        UUID grave = harness.add("met Josè yesterday");
        UUID acute = harness.add("met José yesterday");
        UUID other = harness.add("met Maria yesterday");
        saveIf(saved);

        for (String question : List.of("José", "Jose\u0301", "JOSÉ")) {
            UserIndex.Matched matched = harness.index.match(IndexHarness.query(question), Scope.ALL, HintWeights.NONE);
            assertEquals(List.of(plain, grave, acute), matches(question));
            assertTrue(score(matched, acute) > score(matched, plain), question);
            assertEquals(score(matched, plain), score(matched, grave), question);
        }
        UserIndex.Matched matched = harness.index.match(IndexHarness.query("jose"), Scope.ALL, HintWeights.NONE);
        assertEquals(List.of(plain, grave, acute), matches("jose"));
        assertTrue(score(matched, plain) > score(matched, acute));
        assertEquals(score(matched, grave), score(matched, acute));
        assertEquals(List.of(other), matches("MARÍA"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFoldedWordThatOccursOftenScoresLessThanOneExactOccurrence(boolean saved) {
        UUID often = harness.add("Jose Jose Jose Jose Jose");
        UUID once = harness.add("José Jonas Maria Peter Anna");
        saveIf(saved);

        UserIndex.Matched matched = harness.index.match(IndexHarness.query("José"), Scope.ALL, HintWeights.NONE);

        assertTrue(score(matched, once) > score(matched, often));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scriptsWithoutBlanksAreFoundByAWord(boolean saved) {
        UUID thai = harness.add("ฉันชอบกินข้าวผัดกุ้ง");
        UUID chinese = harness.add("我昨天在北京喝咖啡");
        UUID japanese = harness.add("東京でｺｰﾋｰを飲みました");
        UUID khmer = harness.add("ខ្ញុំចូលចិត្តញ៉ាំបាយ");
        saveIf(saved);

        assertEquals(List.of(thai), matches("ข้าวผัด"));
        assertEquals(List.of(chinese), matches("咖啡"));
        assertEquals(List.of(japanese), matches("コーヒー"));
        assertEquals(List.of(khmer), matches("បាយ"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTextOfAnyLengthIsIndexed(boolean saved) {
        UUID id = harness.add("ﷺ".repeat(20_000) + " 𐐀".repeat(300) + " end");
        saveIf(saved);

        assertEquals(List.of(id), harness.search("END", EAST, 5));
    }
}
