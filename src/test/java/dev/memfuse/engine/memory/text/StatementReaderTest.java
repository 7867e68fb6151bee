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
    @CsvSource(delimiter = '|',
            value = {"I joined a choir last Fri.|2024-05-10", "We leave for Rome next Tues.|2024-05-21",
                    "I moved here last Sat.|2024-05-11", "I ran a marathon on Jan 7.|2024-01-07",
                    "I moved here on 3 Sept 2023.|2023-09-03",
                    "I moved here yesterday.|2024-05-14", "I will leave tomorrow.|2024-05-16",
                    "I saw my aunt last week.|2024-05-06", "I saw my aunt last Friday.|2024-05-10",
                    "I see my aunt next Friday.|2024-05-17", "I was there on Monday.|2024-05-13",
                    "I was born in 1987.|1987-01-01", "I have lived here since 2019.|2019-01-01",
                    "I was there two years ago.|2022-05-15",
                    "My birthday was on 3 March 2021.|2021-03-03", "My birthday was on March 3rd.|2024-03-03",
                    "I met him on December 24th.|2023-12-24", "I met him in December.|2023-12-01",
                    "My exam is on 2024-06-01.|2024-06-01", "I was sick last month.|2024-04-01",
                    "I was there in June 2020.|2020-06-01", "My exam is in three days.|2024-05-18",
                    "I was there last weekend.|2024-05-11"})
    void resolvesTimesRelativeToTheMessage(String sentence, String day) {
        assertEquals(Optional.of(Instant.parse(day + "T00:00:00Z")), StatementReader.time(sentence, SAID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"My cat sat on sun loungers.", "I met Jan and Mar in Oslo.", "My sister is wed to a baker.",
            "I have 2024 stamps at home.", "My cat may be ill.", "I live at 2024-13-40 Main Road.",
            "My neighbours march every morning."})
    void findsNoTimeInOtherNumbersAndWords(String sentence) {
        assertEquals(Optional.empty(), StatementReader.time(sentence, SAID));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I live in Lisbon.|user|residence|lisbon|false",
            "I just moved to Berlin last month.|user|residence|berlin|false",
            "I don't live in Lisbon any more.|user|residence|lisbon|true",
            "Anna lives in Porto now.|anna|residence|porto|false",
            "My sister works at Siemens.|user's sister|employer|siemens|false",
            "I work as a nurse.|user|occupation|nurse|false", "I'm 31 years old.|user|age|31|false",
            "My favourite colour is dark green.|user|favorite color|dark green|false",
            "I really love green tea.|user|liking of green tea|yes|false",
            "I can't stand green tea.|user|liking of green tea|yes|true",
            "I no longer like green tea.|user|liking of green tea|yes|true",
            "The new test says I'm not allergic to peanuts after all.|user|allergy to peanuts|yes|true",
            "Last spring we moved to Turin for my wife's job.|user|residence|turin|false",
            "My flight is at 7:45 on 3 March from gate B12.|user|flight|at 7:45 on 3 march from gate b12|false",
            "I hate Mondays lol|user|liking of mondays|yes|true",
            "I was born in Ghent.|user|birth|in ghent|false",
            "I no longer play football.|user|hobby football|yes|true",
            "I don't play the piano any more.|user|hobby piano|yes|true",
            "I'm engaged now!|user|marital status|engaged|false",
            "My rent went up from 900 to 950 euros.|user|rent|950 euros|false",
            "We have a dog at home.|user|pet dog|yes|false",
            "I have two cats.|user|number of cat|two|false"})
    void readsTheClaimOfASentence(String sentence, String subject, String attribute, String value, boolean negated) {
        assertEquals(List.of(Optional.of(new Claim(subject, attribute, value, negated))),
                read(sentence).stream().map(Statement::claim).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I used to live in Lisbon.|former residence in lisbon",
            "I lived in Lisbon in 2019.|event lived in lisbon"})
    void theFormerResidenceIsNoResidence(String sentence, String attribute) {
        assertEquals(List.of(attribute),
                read(sentence).stream().map(statement -> statement.claim().orElseThrow().attribute()).toList());
    }

    /// Precision before recall: a clause that no rule understands makes no fact.
    @ParameterizedTest
    @ValueSource(strings = {"My sister is visiting me.", "I would love to see Lisbon.", "My day was great.",
            "My sister says I work at a bank, which is wrong.", "He said \"I live in Paris\" and laughed.",
            "\"I live in Paris. I love it,\" he said.", "I never said that I like cats.",
            "If I lived in Rome, I would sing.",
            "I wish I had a dog.", "Imagine I work at NASA!", "They say that I live in a castle.",
            "According to Tim, my brother works at Google.", "Oh great, I just love waiting in line.",
            "I'm a vegetarian, not!", "I'm a millionaire. Just kidding!", "I live in Spain, just kidding.",
            "Totally agree, Mel.", "It sounds great!", "Whoa, that's so cool!", "I read your message.",
            "I won't quit on my dreams.", "I love it when my train is late.", "Do I live in Rome?",
            "I live in Rome, don't I?", "I have two questions.", "I went to bed early.", "I never learned to drive.",
            "Note: I am out of office", "My password is Blue-Horse-77!", "My sister says, I work at a bank.",
            "My sister says I live in Rome and I work at a bank.", "Learning about castles fascinates me.",
            "Gonna be a great night!", "Lost in thought again.", "I took a trip to a new place.",
            "I'm working on a new project.", "I've been practicing hard.", "I've been reading as usual.",
            "They give me peace.", "We raised a ton!",
            "I met lots of awesome people who like the same.", "I had a good talk with that fan.", "We played games.",
            "I love all the yellow leaves.", "My favorite one is the second.", "I'm determined to find the right spot.",
            "I received lots of compliments.", "I'm 105 years old today, or so it feels."})
    void whatIsNotStatedForTrueMakesNoFact(String message) {
        assertEquals(List.of(), read(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I went camping a few weeks ago.|event went camping",
            "I finished another novel like my last one.|event finished another novel like my last one",
            "I tried my hand at pottery.|event tried my hand at pottery",
            "Baking bread brings me so much joy.|liking of baking bread", "Dancing gives me peace.|liking of dancing",
            "Gardening is therapy for me.|liking of gardening",
            "Went to Porto last week.|event went to porto",
            "Got a puppy!|event got a puppy",
            "Been learning Dutch lately.|study of dutch", "Gonna volunteer at a shelter.|plan volunteer at a shelter",
            "I wanna start a bakery.|plan start a bakery", "I used to sing in a choir.|former habit of sing in a choir",
            "I've been dancing for two years.|activity dancing", "I'm afraid of spiders.|fear of spiders",
            "I've been to Japan.|visit to japan", "I work with refugees.|work with refugees",
            "Here's a bowl I made yesterday.|event made bowl", "My car broke down on Friday.|event broke down",
            "My dream is to open a school.|plan open a school", "I'm part of a choir.|membership in choir"})
    void chatIsRead(String sentence, String attribute) {
        assertEquals(List.of(attribute),
                read(sentence).stream().map(statement -> statement.claim().orElseThrow().attribute()).toList());
    }

    /// What an assistant is to work on is nobody's statement, in all sentences behind the colon.
    @ParameterizedTest
    @ValueSource(strings = {"Translate: Ich wohne in Berlin.",
            "Please translate this to French: I live in Oslo. I have two cats.",
            "Write an email: My name is Tom and I work at IBM.", "Übersetze ins Englische: Ich wohne in Bonn.",
            "Traduis en anglais : J'habite à Lille.",
            "Could you fix the grammar of this: I works at Siemens. I'm a nurse.",
            "请翻译：我住在上海。"})
    void theTextOfATaskStatesNothing(String message) {
        assertEquals(List.of(), read(message));
    }

    @Test
    void aColonBehindOtherWordsIsNoTask() {
        assertEquals(1, read("I write a blog. I live in Oslo.").stream()
                .filter(one -> one.content().contains("Oslo")).count());
    }

    /// They would end what is true.
    @ParameterizedTest
    @ValueSource(strings = {"I'm living in a hotel in Rome.|residence", "I was born ready.|birth",
            "I'm married to my job.|marital status",
            "I'm allergic to work haha|allergy to work", "I'm living in Rome this week.|residence",
            "I moved to the second floor last month.|residence", "I moved to a hotel near the beach.|residence",
            "I have one kid in school and one at home.|number of child", "I have two cats that scratch.|number of cat",
            "I no longer have a dog walker.|pet dog", "We have a cat sitter.|pet cat"})
    void aStayAPartAndACompoundAreNotTheThingItself(String line) {
        String[] parts = line.split("\\|");

        assertTrue(read(parts[0]).stream().flatMap(one -> one.claim().stream())
                .noneMatch(claim -> claim.attribute().equals(parts[1])), read(parts[0]).toString());
    }

    @Test
    void aTimeBeforeACommaBelongsToTheStatement() {
        Statement statement = read("Last Friday, I joined a choir.").getFirst();

        assertEquals("Last Friday, I joined a choir.", statement.content());
        assertEquals(Optional.of(Instant.parse("2024-05-10T00:00:00Z")), statement.happenedAt());
    }

    /// The last words of a phrase are no value of their own.
    @ParameterizedTest
    @ValueSource(strings = {"I love books about history and art.",
            "I'm passionate about making sure people are heard and seen."})
    void aListHasItemsOfOneKind(String sentence) {
        assertEquals(1, read(sentence).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"My height is 1.80 m.|height|1.80 m", "I'm 1.62 m tall.|height|1.62 m",
            "My salary is 50,000 euros a year.|salary|50,000 euros a year", "I weigh 72.5 kg.|weight|72.5 kg",
            "My phone number is 555-0199.|phone number|555-0199", "My email is a.b@example.org.|email|a.b@example.org"})
    void numbersAndUnitsStayWhole(String sentence, String attribute, String value) {
        assertEquals(List.of(Optional.of(new Claim("user", attribute, value, false))),
                read(sentence).stream().map(Statement::claim).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"I'm a vegetarian.|I am vegetarian.", "I work for Ikea.|I'm working at IKEA.",
            "I have two daughters.|I've got 2 daughters.", "I am forty years old.|I'm 40.",
            "I hate mushrooms.|I really don't like mushrooms.", "I live in Lisbon.|i live in lisbon",
            "I'm vegan.|im vegan", "My sister Emma lives in Cork.|Emma, my sister, lives in Cork.",
            "I live in Berlin.|Ich wohne in Berlin."})
    void wordingsOfOneClaimAreEqual(String one, String other) {
        List<Optional<Claim>> claims = read(one).stream().map(Statement::claim).toList();

        assertEquals(1, claims.size());
        assertEquals(claims, read(other).stream().map(Statement::claim).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"My colleague Anna lives in Munich.|user's colleague anna",
            "My cousin Anna lives in Dublin.|user's cousin anna", "My boss, Linda, lives in Rome.|user's boss linda",
            "My older brother lives in Rome.|user's older brother", "Anna lives in Rome.|anna"})
    void peopleOfOneNameHaveDifferentSubjects(String sentence, String subject) {
        assertEquals(List.of(subject),
                read(sentence).stream().map(statement -> statement.claim().orElseThrow().subject()).toList());
    }

    @Test
    void theNameBeforeAMessageIsItsSpeakerAndNoPartOfTheText() {
        Statement statement = read("Caroline: Hey Mel! I moved to Oslo last week.").getFirst();

        assertEquals("I moved to Oslo last week.", statement.content());
        assertEquals("caroline", statement.claim().orElseThrow().subject());
    }

    @Test
    void aListMakesAFactOfEachValue() {
        assertEquals(List.of("allergy to nuts", "allergy to eggs", "allergy to fish"),
                read("I'm allergic to nuts, eggs and fish.").stream()
                        .map(statement -> statement.claim().orElseThrow().attribute()).toList());
    }

    @Test
    void aCorrectionReplacesTheValueBeforeIt() {
        assertEquals(List.of("I live in Bern."),
                read("I live in Basel. Sorry, I meant Bern.").stream().map(Statement::content).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"My exam is on Friday.|2024-05-17", "I met Anna on Friday.|2024-05-10",
            "I'm getting married in June.|2024-06-01", "I got married in June.|2023-06-01",
            "My meeting was moved to Tuesday.|2024-05-21", "My meeting was on Tuesday.|2024-05-14",
            "We went to Crete last summer.|2023-06-01", "I'm moving next spring.|2025-03-01",
            "My flight is on the 12th.|2024-06-12", "I have worked here since March.|2024-03-01",
            "We fly on January 8.|2025-01-08", "I arrived on January 8.|2024-01-08"})
    void aTimeWithoutDirectionFollowsTheTense(String sentence, String day) {
        assertEquals(Optional.of(Instant.parse(day + "T00:00:00Z")), StatementReader.time(sentence, SAID));
    }

    @Test
    void habitsHaveNoTime() {
        assertEquals(Optional.empty(), StatementReader.time("I play tennis every Thursday.", SAID));
        assertEquals(Optional.empty(), StatementReader.time("I volunteer on Saturdays.", SAID));
    }

    @Test
    void theSubjectOfTheAssistantIsTheAssistant() {
        assertEquals("assistant", READER.read("I live in a data center.", SAID, Role.ASSISTANT).getFirst().claim()
                .orElseThrow().subject());
    }
}
