package dev.memfuse.console.memory.knowledge;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.User;
import dev.memfuse.metrics.SteadyClock;

/// View model of the facts of one user: those in force and their history, on one time axis, with sources, successors
/// and conflicts. FX thread only.
public final class FactsModel extends DerivedModel<Fact> {
    /// Maximum number of facts that are read.
    static final int LIMIT = 5_000;

    private final BooleanProperty history = new SimpleBooleanProperty(true);
    private final StringProperty part = new SimpleStringProperty("");
    private final ObservableList<Fact> shown = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Span> span = new ReadOnlyObjectWrapper<>(
            new Span(Instant.EPOCH, Instant.EPOCH));
    private List<Fact> all = List.of();
    private Map<UUID, Fact> byId = Map.of();

    /// The time axis: from the first begin of a validity to now, or to the last end.
    record Span(Instant begin, Instant end) {
        /// Returns the position of an instant, 0..1.
        double position(Instant at) {
            double length = end.toEpochMilli() - (double) begin.toEpochMilli();
            return length <= 0 ? 0 : Math.clamp((at.toEpochMilli() - begin.toEpochMilli()) / length, 0, 1);
        }
    }

    /// @param engine returns the engine once it is ready
    /// @param showMessage shows a message in its conversation
    public FactsModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, Consumer<Message> showMessage) {
        super(engine, tasks, showMessage, "facts");
        history.subscribe(this::filter);
        part.subscribe(this::filter);
    }

    @Override
    Function<MemoryEngine, List<Fact>> query(User owner) {
        return engine -> engine.facts(owner.id(), FactQuery.history(LIMIT));
    }

    @Override
    Sources sourcesOf(Fact fact) {
        return new Sources(fact.session().userId(), fact.messageIds());
    }

    @Override
    PageState stateOf(List<Fact> found) {
        return found.isEmpty()
                ? new PageState.Empty(Icons.MEMORY, "No facts",
                        "Facts appear when the layer M2 is on and has processed the user's messages. "
                                + "It is switched on the Flags page.",
                        new PageState.Action("Look again", this::refresh))
                : found.size() == LIMIT
                        ? new PageState.Degraded("The " + LIMIT + " facts observed last are shown.")
                        : PageState.READY;
    }

    @Override
    void show(List<Fact> found) {
        all = found;
        byId = new HashMap<>();
        found.forEach(fact -> byId.put(fact.id(), fact));
        Instant now = SteadyClock.now();
        Instant begin = found.stream().map(fact -> fact.time().validFrom()).min(Instant::compareTo).orElse(now);
        Instant end = found.stream().flatMap(fact -> fact.time().validTo().stream()).max(Instant::compareTo)
                .filter(now::isBefore).orElse(now);
        span.set(new Span(begin, end));
        filter();
    }

    private void filter() {
        String word = part.get().strip().toLowerCase(Locale.ROOT);
        shown.setAll(all.stream().filter(fact -> history.get() || fact.time().current())
                .filter(fact -> fact.content().toLowerCase(Locale.ROOT).contains(word)).toList());
    }

    /// Returns the facts that the selected one replaced, and those that replaced it, oldest first, with itself.
    List<Fact> versions(Fact fact) {
        List<Fact> versions = new ArrayList<>();
        addOlder(fact, versions);
        versions.add(fact);
        Optional<Fact> next = successor(fact);
        while (next.isPresent() && !versions.contains(next.get())) {
            versions.add(next.get());
            next = successor(next.get());
        }
        return versions;
    }

    private void addOlder(Fact fact, List<Fact> into) {
        Set<UUID> seen = new HashSet<>(Set.of(fact.id()));
        Deque<Fact> newer = new ArrayDeque<>(List.of(fact));
        while (!newer.isEmpty()) {
            UUID id = newer.remove().id();
            for (Fact older : all) {
                if (older.time().supersededBy().filter(id::equals).isPresent() && seen.add(older.id())) {
                    into.addFirst(older);
                    newer.add(older);
                }
            }
        }
    }

    private Optional<Fact> successor(Fact fact) {
        return fact.time().supersededBy().map(byId::get);
    }

    /// Returns the facts that contradict a fact.
    List<Fact> conflicts(Fact fact) {
        return fact.conflictsWith().stream().map(byId::get).filter(Objects::nonNull).toList();
    }

    /// Selects a fact, also one that the filter hides.
    void select(Fact fact) {
        if (!shown.contains(fact)) {
            part.set("");
            history.set(true);
        }
        selectedProperty().set(fact);
    }

    /// Returns whether superseded facts are shown too.
    BooleanProperty historyProperty() {
        return history;
    }

    /// Returns the text that shown facts contain.
    StringProperty partProperty() {
        return part;
    }

    /// Returns the shown facts, the latest observed first.
    ObservableList<Fact> shown() {
        return shown;
    }

    /// Returns the time axis of the facts.
    ReadOnlyObjectProperty<Span> spanProperty() {
        return span.getReadOnlyProperty();
    }
}
