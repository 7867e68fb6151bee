package dev.memfuse.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactExtractorTest {
    private final FactExtractor extractor = new FactExtractor();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I really love hiking in the mountains.|preference",
            "We decided to paint the kitchen green.|decision", "The roof was repaired in 2019 by a friend.|temporal",
            "My sister works as a nurse in Porto.|personal"})
    void namesTheKindOfAStatement(String sentence, String type) {
        assertEquals(List.of(type),
                extractor.extract(sentence).stream().map(FactExtractor.Statement::type).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ok", "I like tea.", "Do you like hiking in the mountains?",
            "The weather over there seems grey and wet."})
    void leavesOutWhatStatesNothing(String sentence) {
        assertEquals(List.of(), extractor.extract(sentence));
    }

    @Test
    void takesEachSentenceByItself() {
        List<FactExtractor.Statement> found = extractor
                .extract("I love the light in Lisbon. How about you? I moved there with Anna Maria last year.");

        assertEquals(List.of("I love the light in Lisbon.", "I moved there with Anna Maria last year."),
                found.stream().map(FactExtractor.Statement::content).toList());
        assertEquals(List.of("Lisbon"), found.getFirst().entities());
        assertEquals(List.of("Anna Maria"), found.getLast().entities());
    }

    @Test
    void isSurerOfALongStatementAndNeverBeyondOne() {
        double shorter = extractor.extract("I love hiking in summer.").getFirst().confidence();
        double longer = extractor
                .extract("I love hiking in summer when the days are long and the huts are open.").getFirst()
                .confidence();

        assertTrue(longer > shorter && longer <= 1, longer + " > " + shorter);
    }
}
