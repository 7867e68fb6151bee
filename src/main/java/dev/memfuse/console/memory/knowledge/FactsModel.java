package dev.memfuse.console.memory.knowledge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.User;
import dev.memfuse.metrics.SteadyClock;
import org.jspecify.annotations.Nullable;

/// View model of the facts of one user: those in force and their history, on one time axis, with sources, successors
/// and conflicts. FX thread only.
public final class FactsModel {
    /// Maximum number of facts that are read.
    static final int LIMIT = 5_000;

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final Consumer<Message> showMessage;
    private final ObjectProperty<@Nullable User> user = new SimpleObjectProperty<>();
    private final BooleanProperty history = new SimpleBooleanProperty(true);
    private final StringProperty part = new SimpleStringProperty("");
    private final ObservableList<Fact> shown = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Fact> selected = new SimpleObjectProperty<>();
    private final ObservableList<Message> sources = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(NO_USER);
    private final ReadOnlyObjectWrapper<Span> span = new ReadOnlyObjectWrapper<>(
            new Span(Instant.EPOCH, Instant.EPOCH));
    private List<Fact> all = List.of();
    private Map<UUID, Fact> byId = Map.of();
    private boolean visible;
    private boolean read;
    private int reading;

    private static final PageState NO_USER = new PageState.Empty(Icons.MEMORY, "No user is chosen",
            "Choose a user to see the facts of its memory.");

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
        this.engine = engine;
        this.tasks = tasks;
        this.showMessage = showMessage;
        user.subscribe(() -> {
            read = false;
            refreshIfVisible();
        });
        history.subscribe(this::filter);
        part.subscribe(this::filter);
        selected.subscribe(this::showSources);
    }

    /// Says whether the facts are visible: they are read only then.
    public void visible(boolean now) {
        visible = now;
        refreshIfVisible();
    }

    private void refreshIfVisible() {
        if (visible && !read) {
            refresh();
        }
    }

    /// Reads the facts.
    public void refresh() {
        User owner = user.get();
        Optional<MemoryEngine> ready = engine.get();
        int mine = ++reading;
        if (owner == null || ready.isEmpty()) {
            show(List.of());
            state.set(NO_USER);
            return;
        }
        read = true;
        state.set(new PageState.Loading("Reading the facts", -1));
        tasks.call("list facts", () -> ready.get().facts(owner.id(), FactQuery.history(LIMIT))).onSuccess(found -> {
            if (mine == reading) {
                show(found);
            }
        }).onFailure(e -> {
            if (mine == reading) {
                read = false;
                state.set(new PageState.Failed(Sentences.of(e), "", "",
                        new PageState.Action("Read the facts again", this::refresh)));
            }
        }).start();
    }

    private void show(List<Fact> found) {
        all = found;
        byId = new HashMap<>();
        found.forEach(fact -> byId.put(fact.id(), fact));
        selected.set(null);
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
        if (user.get() != null) {
            state.set(all.isEmpty()
                    ? new PageState.Empty(Icons.MEMORY, "No facts",
                            "Facts appear when the layer M2 is on and has processed the user's messages. "
                                    + "It is switched on the Flags page.",
                            new PageState.Action("Look again", this::refresh))
                    : all.size() == LIMIT
                            ? new PageState.Degraded("The " + LIMIT + " facts observed last are shown.")
                            : PageState.READY);
        }
    }

    private void showSources() {
        sources.clear();
        Fact fact = selected.get();
        Optional<MemoryEngine> ready = engine.get();
        if (fact != null && ready.isPresent()) {
            tasks.call("read sources", () -> ready.get().read(fact.session().userId(), fact.messageIds()))
                    .onSuccess(found -> {
                        if (fact.equals(selected.get())) {
                            sources.setAll(found);
                        }
                    }).onFailure(e -> state.set(new PageState.Degraded("The sources cannot be read: "
                            + Sentences.of(e))))
                    .start();
        }
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
        for (Fact older : all) {
            if (older.time().supersededBy().filter(fact.id()::equals).isPresent() && !into.contains(older)) {
                addOlder(older, into);
                into.add(older);
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
        selected.set(fact);
    }

    void showInConversation(Message message) {
        showMessage.accept(message);
    }

    /// Returns the user whose facts are shown.
    public ObjectProperty<@Nullable User> userProperty() {
        return user;
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

    ObjectProperty<@Nullable Fact> selectedProperty() {
        return selected;
    }

    /// Returns the source messages of the selected fact.
    ObservableList<Message> sources() {
        return sources;
    }

    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns the time axis of the facts.
    ReadOnlyObjectProperty<Span> spanProperty() {
        return span.getReadOnlyProperty();
    }
}
