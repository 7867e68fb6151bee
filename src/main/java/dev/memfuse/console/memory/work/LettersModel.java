package dev.memfuse.console.memory.work;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.metrics.stats.Numbers;

/// View model of the acknowledged rounds that the database refused: retry, or discard after a question. FX thread only.
public final class LettersModel {
    /// Maximum number of letters that are shown.
    static final int LIMIT = 1_000;
    /// Maximum number of characters of a shown text.
    private static final int TEXT = 4_000;

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final ObservableList<Letter> letters = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(
            new PageState.Loading("Reading the dead letters", -1));
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Set<UUID> doomed = Set.of();

    /// A letter as it is shown.
    ///
    /// @param session empty for a damaged one
    /// @param refused time of the refusal; empty for a damaged one
    /// @param texts texts of its messages
    record Letter(UUID roundId, UUID userId, String session, String refused, int messages, String size, String reason,
            String texts) {
        static Letter of(DeadLetter letter) {
            StringBuilder texts = new StringBuilder();
            for (NewMessage message : letter.messages()) {
                if (texts.length() < TEXT) {
                    texts.append(texts.isEmpty() ? "" : "\n").append(message.role().name()).append(": ")
                            .append(message.content(), 0, Math.min(TEXT, message.content().length()));
                }
            }
            return new Letter(letter.roundId(), letter.session().userId(), letter.session().sessionId().toString(),
                    Formats.moment(letter.refusedAt()), letter.messages().size(), Formats.size(letter.bytes()),
                    letter.reason(), texts.toString());
        }

        static Letter of(DamagedLetter letter) {
            return new Letter(letter.roundId(), letter.userId(), "", "", 0, Formats.size(letter.bytes()),
                    "Damaged. " + letter.reason(), "");
        }
    }

    /// @param engine returns the engine once it is ready
    public LettersModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
    }

    /// Reads the letters.
    public void refresh() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty()) {
            return;
        }
        tasks.call("list dead letters", () -> read(ready.get().deadLetters())).onSuccess(found -> {
            letters.setAll(found);
            state.set(found.isEmpty()
                    ? new PageState.Empty(Icons.OK, "No dead letters",
                            "Acknowledged rounds that the database refuses for their content wait here.",
                            new PageState.Action("Look again", this::refresh))
                    : found.size() == LIMIT
                            ? new PageState.Degraded("The first " + LIMIT + " dead letters are shown.")
                            : PageState.READY);
        }).onFailure(e -> state.set(new PageState.Failed(Sentences.of(e), "", "",
                new PageState.Action("Read the dead letters again", this::refresh)))).start();
    }

    private static List<Letter> read(DeadLetters all) {
        List<Letter> found = new ArrayList<>();
        all.damaged().stream().limit(LIMIT).map(Letter::of).forEach(found::add);
        all.forEach(letter -> {
            if (found.size() < LIMIT) {
                found.add(Letter.of(letter));
            }
        });
        return found;
    }

    /// Stores letters again.
    void retry(Collection<Letter> chosen) {
        Set<UUID> ids = ids(chosen);
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isPresent() && !ids.isEmpty() && !busy.get()) {
            busy.set(true);
            outcome.set("");
            tasks.call("retry dead letters", () -> ready.get().deadLetters().retry(ids)).onSuccess(
                    result -> end(Numbers.count(result.stored(), "letter") + " stored, " + result.refused()
                            + " refused again" + (result.deleted() == 0
                                    ? ""
                                    : ", " + result.deleted()
                                            + " removed, since their user or session was deleted")
                            + (result.unknown() == 0
                                    ? ""
                                    : ", " + result.unknown()
                                            + " kept, since this database does not know their session")
                            + "."))
                    .onFailure(e -> end("Nothing was stored: " + Sentences.of(e))).start();
        }
    }

    private static Set<UUID> ids(Collection<Letter> chosen) {
        return Set.copyOf(chosen.stream().map(Letter::roundId).distinct().toList());
    }

    private void end(String sentence) {
        busy.set(false);
        outcome.set(sentence);
        refresh();
    }

    /// Asks before letters are discarded.
    void askDiscard(Collection<Letter> chosen) {
        doomed = ids(chosen);
        question.set(doomed.isEmpty()
                ? ""
                : "Discard " + Numbers.count(doomed.size(), "dead letter") + "? Their messages are lost.");
    }

    /// Discards the letters that [#askDiscard] asked about.
    void discard() {
        Set<UUID> ids = doomed;
        Optional<MemoryEngine> ready = engine.get();
        keep();
        if (ready.isPresent() && !ids.isEmpty() && !busy.get()) {
            busy.set(true);
            tasks.call("discard dead letters", () -> ready.get().deadLetters().discard(ids))
                    .onSuccess(count -> end("Discarded " + Numbers.count(count, "dead letter") + "."))
                    .onFailure(e -> end("Nothing was discarded: " + Sentences.of(e))).start();
        }
    }

    /// Leaves the letters as they are.
    void keep() {
        doomed = Set.of();
        question.set("");
    }

    ObservableList<Letter> letters() {
        return letters;
    }

    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns the question before letters are discarded; empty when there is none.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /// Returns whether letters are being stored or discarded.
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
