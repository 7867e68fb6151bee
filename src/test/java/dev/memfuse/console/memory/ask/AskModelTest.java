package dev.memfuse.console.memory.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.memory.SampleMemory;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.inspect.QueryExplanation.Reason;
import dev.memfuse.inspect.WhyNot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions of the Ask box and their reasons.
class AskModelTest {
    private final SampleMemory memory = new SampleMemory(0);
    private final List<Message> shown = new ArrayList<>();
    private final AskModel model = model(new DirectTaskRunner());

    private AskModel model(TaskRunner tasks) {
        AskModel created = new AskModel(() -> Optional.of(memory.engine), tasks, shown::add);
        created.userProperty().set(memory.alice);
        created.form().text.set("Where does alice live?");
        return created;
    }

    @Test
    void anAnswerHasHitsWithReasonsAndWhatWasLeftOut() {
        model.form().topK.set("2");
        model.ask();

        var answer = Objects.requireNonNull(model.answerProperty().get());
        assertEquals(2, answer.result().hits().size());
        assertEquals(List.of(Reason.RANK, Reason.RANK, Reason.RANK),
                answer.leftOut().stream().map(out -> out.reason()).toList());
        assertTrue(model.summaryProperty().get().startsWith("2 hits among 1,204 ranked entries in "),
                model.summaryProperty().get());
        assertTrue(model.summaryProperty().get().contains("12 of them by words alone"));
        assertEquals(answer.result().hits().getFirst(), model.hitProperty().get());
        assertEquals(List.of(Signal.NEXT), model.neighbours().stream().map(one -> one.signal()).toList());
    }

    @Test
    void theTypedValuesBecomeTheRequest() {
        model.form().maxTokens.set("500");
        model.form().m0.set(false);
        model.form().m1.set(true);
        model.form().from.set("2026-11-01");
        model.form().until.set("2026-11-26T10:15");
        model.sessionProperty().set(memory.session);
        model.form().sessionOnly.set(true);

        var request = model.form().request(Optional.of(memory.session.key().sessionId()));

        assertEquals(10, request.topK());
        assertEquals(500, request.maxTokens());
        assertEquals(Set.of(MemoryLayer.M1, MemoryLayer.M2), request.filter().layers());
        assertEquals(Optional.of(Instant.parse("2026-11-01T00:00:00Z")), request.filter().from());
        assertEquals(Optional.of(Instant.parse("2026-11-26T10:15:00Z")), request.filter().until());
        assertEquals(Set.of(memory.session.key().sessionId()), request.filter().sessions());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            topK      | many       | Hits is many. Type a whole number
                                            topK      | 1001       | Hits is 1001. Type a whole number from 0 to 1,000.
                                            maxTokens | -3         | Tokens is -3. Type a whole number
                                            from      | yesterday  | From is yesterday. Type a date
                                            text      | ''         | Type a question.
                                            """)
    void aWrongValueIsNamedAndNothingIsAsked(String field, String value, String problem) {
        (switch (field) {
            case "topK" -> model.form().topK;
            case "maxTokens" -> model.form().maxTokens;
            case "from" -> model.form().from;
            default -> model.form().text;
        }).set(value);

        model.ask();

        assertTrue(model.problemProperty().get().startsWith(problem), model.problemProperty().get());
        assertNull(model.answerProperty().get());
        model.check();
        assertTrue(model.problemProperty().get().startsWith(problem), "nothing was corrected yet");
        model.form().topK.set("5");
        model.form().text.set("Where does Ann live?");

        model.check();

        assertEquals("", model.problemProperty().get());
    }

    @Test
    void aMessageIsExplainedThatTheConversationSelects() {
        model.explainChosen();
        assertEquals("Select a message of the conversation first.", model.problemProperty().get());
        model.form().topK.set("1");
        model.chosenProperty().set(memory.messages.get(4));

        model.explainChosen();

        WhyNot why = Objects.requireNonNull(model.whyNotProperty().get());
        assertEquals(WhyNot.Outcome.RANK, why.outcome());
        assertEquals(4, why.rank().getAsInt());
    }

    @Test
    void otherSettingsAreAskedOnDemandOnly() {
        model.compareSettings();
        assertEquals(List.of(), model.others());
        model.ask();
        assertEquals(List.of(), model.others());

        model.compareSettings();

        assertEquals("Words alone", model.others().getFirst().setting().label());
        assertEquals("The same hits, 4 with another rank.", model.others().getFirst().sentence());
    }

    @Test
    void anAnswerForTheUserBeforeIsNotShown() {
        LateTaskRunner late = new LateTaskRunner();
        AskModel slow = model(late);
        slow.ask();
        slow.userProperty().set(null);

        late.runAll();

        assertNull(slow.answerProperty().get());
        assertFalse(slow.askingProperty().get());
        assertEquals("", slow.summaryProperty().get());
    }

    @Test
    void aFailureIsASentence() {
        memory.engine.inspection.before = () -> {
            throw new StorageUnavailableException("The database is away.", "", null);
        };
        model.ask();

        assertEquals("The database is away.", model.problemProperty().get());
        assertFalse(model.askingProperty().get());
    }

    @Test
    void theBarNamesFamiliesOfSignals() {
        assertEquals("Words 0.20, Neighbours 0.30", ShareBar.text(List.of(new Share(Signal.BM25, 7, 1, 0.2, 0.2),
                new Share(Signal.NEXT, 1, 1, 0.1, 0.1), new Share(Signal.SESSION, 1, 1, 0.2, 0.2),
                new Share(Signal.TIME, 0, 0, 0.1, 0))));
    }
}
