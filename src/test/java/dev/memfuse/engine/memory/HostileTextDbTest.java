package dev.memfuse.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages that no person writes: the layers of their rounds are built by rules at the first attempt, and hold no more
/// than a reader wants.
@Tag("db")
class HostileTextDbTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Instant MORNING = Instant.parse("2024-05-15T08:00:00Z");
    /// Longer than the beginning of a message that is read for facts.
    private static final int LONG = 60_000;
    private static final String PLAIN = "I live in Lisbon.";

    private static EngineFixture fixture;
    private SessionKey session;

    @BeforeAll
    static void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true",
                "memory_service.max_retries=0", "memory_service.timeout_per_layer=60");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void newUser() {
        session = fixture.newSession("user " + UUID.randomUUID());
    }

    private AddResult add(String... contents) {
        AddResult added = fixture.engine().addBatch(session, Arrays.stream(contents)
                .map(content -> new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), Role.USER, content,
                        MORNING))
                .toList());
        assertTrue(fixture.engine().awaitExtraction(LIMIT));
        return added;
    }

    private List<Fact> facts() {
        return fixture.engine().facts(session.userId(), FactQuery.current(10_000));
    }

    private void assertBuilt(AddResult added) {
        List<LayerResult> results = fixture.engine().layerResults(session.userId(), added.roundId());
        assertEquals(List.of(LayerStatus.DONE, LayerStatus.DONE), results.stream().map(LayerResult::status).toList(),
                results.toString());
        assertFalse(fixture.engine().episodes(session.userId(), EpisodeQuery.newest(1)).getFirst().title().isBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ude00\ud83d\ude00\ud83d\ude00",
            "\u0e09\u0e31\u0e19\u0e0a\u0e2d\u0e1a\u0e41\u0e21\u0e27",
            "\u0623\u0646\u0627 \u0623\u0639\u064a\u0634 \u0641\u064a \u0627\u0644\u0642\u0627\u0647\u0631\u0629.",
            "\u202eI live in Oslo.", "\u200b\u200b\u200d", "I\u0301\u0302\u0303\u0304 l\u0301i\u0302v\u0303e\u0304",
            "?!?!?!", "\n\n\t\n",
            "\u092e\u0948\u0902 \u0926\u093f\u0932\u094d\u0932\u0940 \u092e\u0947\u0902 \u0930\u0939\u0924\u093e \u0939\u0942\u0901\u0964",
            "\ud835\udddc \ud835\uddf9\ud835\uddf6\ud835\ude03\ud835\uddf2",
            "I live in ", "My name is", "${jndi:ldap://x}", "'; DROP TABLE users; --", "%s %n {0} {value} \\1 $1",
            "My dog is {value} and $1 and \\Q.", "{\"facts\": []}", "<b>I</b> <i>live</i> in <script>x</script>"})
    void oddMessagesAreBuiltAndHarmNoOther(String odd) {
        assertBuilt(add(odd, PLAIN, odd));

        assertTrue(facts().stream().anyMatch(fact -> fact.content().equals(PLAIN)), facts().toString());
    }

    @Test
    void aLongMessageIsBuilt() {
        assertBuilt(add("wow, so good! ".repeat(LONG / 14), PLAIN));

        assertEquals(List.of(PLAIN), facts().stream().map(Fact::content).toList());
    }

    @Test
    void aDocumentMakesNoMoreFactsThanATurn() {
        String list = IntStream.range(0, 5_000).mapToObj(i -> String.format(Locale.ROOT, "I like band %d.", i))
                .collect(Collectors.joining(" "));

        assertBuilt(add(list));

        assertEquals(50, facts().size());
    }

    /// The marks of a fact are bounded, and so is the time of a round.
    @Test
    void aThousandContradictingFactsOfOneSubjectAreMarkedInTime() {
        String[] towns = IntStream.range(0, 1_000)
                .mapToObj(i -> "Anna lives in Town" + Integer.toString(i, 26).replaceAll("\\d", "x") + ".")
                .distinct().toArray(String[]::new);
        for (int from = 0; from < towns.length; from += 100) {
            assertBuilt(add(Arrays.copyOfRange(towns, from, Math.min(from + 100, towns.length))));
        }

        List<Fact> facts = facts();
        assertTrue(facts.size() > 200, facts.size() + " facts");
        assertTrue(facts.stream().allMatch(fact -> fact.conflictsWith().size() <= 40));
        assertTrue(facts.stream().filter(fact -> fact.conflictsWith().isEmpty()).count() <= 1);
    }
}
