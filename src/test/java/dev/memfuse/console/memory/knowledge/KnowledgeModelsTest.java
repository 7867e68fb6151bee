package dev.memfuse.console.memory.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.memory.SampleMemory;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.Message;
import org.junit.jupiter.api.Test;

/// Facts and episodes of the chosen user.
class KnowledgeModelsTest {
    private final SampleMemory memory = new SampleMemory(1);
    private final List<Message> shown = new ArrayList<>();
    private final FactsModel facts = new FactsModel(() -> Optional.of(memory.engine), new DirectTaskRunner(),
            shown::add);
    private final EpisodesModel episodes = new EpisodesModel(() -> Optional.of(memory.engine), new DirectTaskRunner(),
            shown::add);

    private List<String> contents() {
        return facts.shown().stream().map(Fact::content).toList();
    }

    @Test
    void factsAreReadWhenTheyAreVisible() {
        facts.userProperty().set(memory.alice);
        assertEquals(List.of(), contents());

        facts.visible(true);

        assertEquals(4, contents().size());
        assertEquals(PageState.READY, facts.stateProperty().get());
        facts.userProperty().set(memory.engine.inspection.users.get(1));
        assertInstanceOf(PageState.Empty.class, facts.stateProperty().get());
        facts.userProperty().set(null);
        assertInstanceOf(PageState.Empty.class, facts.stateProperty().get());
    }

    @Test
    void factsAreFilteredByTextAndValidity() {
        facts.userProperty().set(memory.alice);
        facts.visible(true);

        facts.partProperty().set("LIVES");
        assertEquals(List.of("The user lives in Lisbon.", "The user lives in Vienna."), contents());
        facts.historyProperty().set(false);
        assertEquals(List.of("The user lives in Lisbon."), contents());
    }

    @Test
    void aFactHasSourcesVersionsAndConflicts() {
        facts.userProperty().set(memory.alice);
        facts.visible(true);
        Fact vienna = memory.engine.facts.getLast();
        Fact lisbon = memory.engine.facts.get(2);

        facts.select(vienna);

        assertEquals(List.of(memory.messages.getFirst()), facts.sources());
        assertEquals(List.of(vienna, lisbon), facts.versions(vienna));
        assertEquals(List.of(vienna, lisbon), facts.versions(lisbon));
        assertEquals(List.of(memory.engine.facts.getFirst()), facts.conflicts(memory.engine.facts.get(1)));
        assertEquals(List.of("Superseded", "Current", "Disputed"),
                List.of(vienna, lisbon, memory.engine.facts.get(1)).stream().map(FactTexts::status).toList());
        facts.showInConversation(memory.messages.getFirst());
        assertEquals(1, shown.size());
    }

    private static Fact replacedBy(Fact fact, Fact next) {
        FactTime time = fact.time();
        return new Fact(fact.id(), fact.session(), fact.roundId(), fact.messageIds(), fact.content(), fact.type(),
                fact.confidence(), fact.entities(), fact.claim(), new FactTime(time.observedAt(), time.happenedAt(),
                        time.validFrom(), time.validTo(), Optional.of(next.id())),
                fact.conflictsWith(), fact.vector(), fact.model());
    }

    @Test
    void factsThatReplaceEachOtherInARingAreShownOnce() {
        Fact first = memory.engine.facts.get(0);
        Fact second = memory.engine.facts.get(1);
        memory.engine.facts.set(0, replacedBy(first, second));
        memory.engine.facts.set(1, replacedBy(second, first));
        facts.userProperty().set(memory.alice);
        facts.visible(true);

        List<Fact> versions = facts.versions(memory.engine.facts.getFirst());

        assertEquals(Set.of(first.id(), second.id()), versions.stream().map(Fact::id).collect(Collectors.toSet()));
        assertEquals(2, versions.size());
    }

    @Test
    void theTimeAxisGoesFromTheFirstValidityToNow() {
        facts.userProperty().set(memory.alice);
        facts.visible(true);
        FactsModel.Span span = facts.spanProperty().get();

        assertEquals(0, span.position(memory.engine.facts.getLast().time().validFrom()));
        assertEquals(1, span.position(span.end()));
        assertEquals(0, new FactsModel.Span(span.end(), span.end()).position(span.begin()));
    }

    @Test
    void episodesAreReadWithTheirMessages() {
        episodes.userProperty().set(memory.alice);
        episodes.visible(true);

        episodes.selectedProperty().set(episodes.episodes().getFirst());

        assertEquals(4, episodes.sources().size());
        memory.engine.episodes.clear();
        episodes.refresh();
        assertInstanceOf(PageState.Empty.class, episodes.stateProperty().get());
        assertEquals(List.of(), episodes.sources());
    }
}
