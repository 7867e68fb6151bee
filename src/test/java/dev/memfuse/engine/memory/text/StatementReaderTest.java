package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    /// A Wednesday.
    private static final Instant SAID = Instant.parse("2024-05-15T18:30:00Z");
    private static final StatementReader READER = new StatementReader(new EnglishText());

    private static List<Statement> read(String message) {
        return READER.read(message, SAID, Role.USER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I really love hiking in the mountains.|preference",
            "We decided to paint the kitchen green.|decision", "The roof was repaired in 2019 by a friend.|temporal",
            "My sister works as a nurse in Porto.|personal", "Anna speaks three languages.|general"})
    void determinesTheTypeOfAStatement(String sentence, String type) {
        assertEquals(List.of(type), read(sentence).stream().map(Statement::type).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "Sounds good!", "Do you like hiking in the mountains?",
            "The weather over there seems grey and wet."})
    void ignoresSentencesWithoutStatement(String sentence) {
        assertEquals(List.of(), read(sentence));
    }

    @Test
    void readsEachSentenceWithItsNames() {
        List<Statement> found = read(
                "I love the light in Lisbon. How about you? I moved there with Anna Maria last year.");

        assertEquals(List.of("I love the light in Lisbon.", "I moved there with Anna Maria last year."),
                found.stream().map(Statement::content).toList());
        assertEquals(List.of(List.of("Lisbon"), List.of("Anna Maria")),
                found.stream().map(Statement::entities).toList());
    }

    @Test
    void daysAndMonthsAreNoNames() {
        assertEquals(List.of("Porto"), read("On Monday I was in Porto, in May again.").getFirst().entities());
    }

    @Test
    void lengthRaisesAndDoubtLowersTheConfidence() {
        double plain = read("I love hiking in summer.").getFirst().confidence();
        double longer = read("I love hiking in summer when the days are long and the huts are open.").getFirst()
                .confidence();
        double doubtful = read("Maybe I love hiking in summer.").getFirst().confidence();

        assertTrue(doubtful < 0.7 && plain >= 0.7 && longer > plain && longer <= 1,
                doubtful + " < " + plain + " < " + longer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I moved here yesterday.|2024-05-14", "I will leave tomorrow.|2024-05-16",
            "I saw my aunt last week.|2024-05-06", "I saw my aunt last Friday.|2024-05-10",
            "I see my aunt next Friday.|2024-05-17", "I was there on Monday.|2024-05-13",
            "I was born in 1987.|1987-01-01", "I have lived here since 2019.|2019-01-01",
            "I was there two years ago.|2022-05-15", "I was there a few days ago.|2024-05-12",
            "My birthday was on 3 March 2021.|2021-03-03", "My birthday was on March 3rd.|2024-03-03",
            "I met him on December 24th.|2023-12-24", "I met him in December.|2023-12-01",
            "My exam is on 2024-06-01.|2024-06-01", "I was sick last month.|2024-04-01",
            "I was there in June 2020.|2020-06-01", "My exam is in three days.|2024-05-18",
            "I was there last weekend.|2024-05-11"})
    void resolvesTimesRelativeToTheMessage(String sentence, String day) {
        assertEquals(List.of(Optional.of(Instant.parse(day + "T00:00:00Z"))),
                read(sentence).stream().map(Statement::happenedAt).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"I have 2024 stamps at home.", "My cat may be ill.", "I live at 2024-13-40 Main Road.",
            "My neighbours march every morning."})
    void findsNoTimeInOtherNumbersAndWords(String sentence) {
        assertEquals(List.of(Optional.empty()), read(sentence).stream().map(Statement::happenedAt).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I live in Lisbon.|user|residence|lisbon|false",
            "I just moved to Berlin last month.|user|residence|berlin|false",
            "I don't live in Lisbon any more.|user|residence|lisbon|true",
            "Anna lives in Porto now.|anna|residence|porto|false",
            "My sister works at Siemens.|user's sister|employer|siemens|false",
            "I work as a nurse.|user|occupation|nurse|false", "I'm 31 years old.|user|age|31|false",
            "My favourite colour is dark green.|user|favorite colour|dark green|false",
            "I really love green tea.|user|liking of green tea|yes|false",
            "I can't stand green tea.|user|liking of green tea|yes|true",
            "I no longer like green tea.|user|liking of green tea|yes|true",
            "I have two cats.|user|number of cat|two|false"})
    void readsTheClaimOfASentence(String sentence, String subject, String attribute, String value, boolean negated) {
        assertEquals(List.of(Optional.of(new Claim(subject, attribute, value, negated))),
                read(sentence).stream().map(Statement::claim).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"I used to live in Lisbon.", "I lived in Lisbon in 2019.", "My sister is visiting me.",
            "I would love to see Lisbon.", "My day was great."})
    void readsNoClaimWithoutASingleCurrentValue(String sentence) {
        assertEquals(List.of(Optional.empty()), read(sentence).stream().map(Statement::claim).toList());
    }

    @Test
    void theSubjectOfTheAssistantIsTheAssistant() {
        assertEquals("assistant", READER.read("I live in a data center.", SAID, Role.ASSISTANT).getFirst().claim()
                .orElseThrow().subject());
    }
}
