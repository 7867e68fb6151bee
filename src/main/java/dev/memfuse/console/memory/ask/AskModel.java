package dev.memfuse.console.memory.ask;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.inspect.OtherSetting;
import dev.memfuse.inspect.QueryExplainer;
import dev.memfuse.inspect.QueryExplainer.Neighbour;
import dev.memfuse.inspect.QueryExplanation;
import dev.memfuse.inspect.WhyNot;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the Ask box: asks the memory of the chosen user and explains the answer. FX thread only.
public final class AskModel {
    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final Consumer<Message> showMessage;
    private final AskForm form = new AskForm();
    private final ObjectProperty<@Nullable User> user = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Session> session = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Message> chosen = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable QueryExplanation> answer = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<@Nullable Hit> hit = new SimpleObjectProperty<>();
    private final ObservableList<Neighbour> neighbours = FXCollections.observableArrayList();
    private final ObservableList<OtherSetting.Outcome> others = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable WhyNot> whyNot = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private @Nullable QueryRequest asked;
    private int turn;

    /// @param engine returns the engine once it is ready
    /// @param showMessage shows a message in its conversation
    public AskModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, Consumer<Message> showMessage) {
        this.engine = engine;
        this.tasks = tasks;
        this.showMessage = showMessage;
        user.subscribe(this::forget);
        hit.subscribe(this::showNeighbours);
    }

    /// Withdraws what has become untrue. Called again and again while it is visible.
    public void check() {
        problem.check();
    }

    /// The answer is of the user before.
    private void forget() {
        turn++;
        asking.set(false);
        asked = null;
        answer.set(null);
        hit.set(null);
        others.clear();
        whyNot.set(null);
        summary.set("");
        problem.set("");
    }

    /// A question as it was answered.
    private record Answer(QueryExplanation explanation, long nanos) {}

    /// Asks the typed question.
    void ask() {
        Optional<QueryRequest> request = request();
        if (request.isEmpty()) {
            return;
        }
        run("ask", (explainer, owner) -> {
            long begin = System.nanoTime();
            QueryExplanation explanation = explainer.explain(owner, request.get());
            return new Answer(explanation, System.nanoTime() - begin);
        }, this::show);
    }

    private Optional<QueryRequest> request() {
        problem.set("");
        if (user.get() == null) {
            problem.set("Choose a user whose memory to ask.");
            return Optional.empty();
        }
        if (form.text.get().isBlank()) {
            problem.set("Type a question.", () -> form.text.get().isBlank());
            return Optional.empty();
        }
        Session only = session.get();
        if (form.sessionOnly.get() && only == null) {
            problem.set("Choose a session, or ask all sessions.",
                    () -> form.sessionOnly.get() && session.get() == null);
            return Optional.empty();
        }
        try {
            return Optional.of(form.request(Optional.ofNullable(only).map(one -> one.key().sessionId())));
        } catch (InvalidValueException e) {
            problem.set(Sentences.of(e), form.unchanged());
            return Optional.empty();
        }
    }

    private void show(Answer found) {
        QueryExplanation explanation = found.explanation();
        var result = explanation.result();
        asked = explanation.request();
        others.clear();
        whyNot.set(null);
        answer.set(explanation);
        hit.set(result.hits().isEmpty() ? null : result.hits().getFirst());
        summary.set((result.hits().isEmpty() ? "No hit" : Numbers.count(result.hits().size(), "hit")) + " among "
                + (result.searched() == 1 ? "1 ranked entry" : Numbers.count(result.searched()) + " ranked entries")
                + " in " + Formats.nanosAsMillis(found.nanos()) + " with the explanation."
                + (result.byWordsAlone() == 0
                        ? ""
                        : " " + Numbers.count(result.byWordsAlone()) + " of them by words alone, without a vector.")
                + (result.degraded() ? " The database did not answer: hits may be missing." : ""));
    }

    /// Work of one question.
    @FunctionalInterface
    private interface Question<R> {
        R answer(QueryExplainer explainer, UUID user);
    }

    private <R> void run(String name, Question<R> question, Consumer<R> show) {
        User owner = user.get();
        Optional<MemoryEngine> ready = engine.get();
        if (owner == null || ready.isEmpty()) {
            if (owner == null) {
                problem.set("Choose a user whose memory to ask.");
            } else {
                problem.set("The engine is not ready.", () -> engine.get().isEmpty());
            }
            return;
        }
        int mine = ++turn;
        asking.set(true);
        problem.set("");
        Callable<R> work = () -> question.answer(new QueryExplainer(ready.get()), owner.id());
        tasks.call(name, work).onSuccess(result -> {
            if (mine == turn) {
                asking.set(false);
                show.accept(result);
            }
        }).onFailure(e -> {
            if (mine == turn) {
                asking.set(false);
                problem.set(Sentences.of(e));
            }
        }).start();
    }

    /// Explains why the message that is selected in the conversation is not among the hits of the typed question.
    void explainChosen() {
        Message message = chosen.get();
        if (message == null) {
            problem.set("Select a message of the conversation first.", () -> chosen.get() == null);
            return;
        }
        request().ifPresent(request -> run("explain a message",
                (explainer, owner) -> explainer.whyNot(owner, request, message.id()), whyNot::set));
    }

    /// Repeats the answered question with other settings of retrieval.
    void compareSettings() {
        QueryRequest request = asked;
        if (request != null) {
            run("compare settings", (explainer, owner) -> explainer.otherSettings(owner, request),
                    others::setAll);
        }
    }

    private void showNeighbours() {
        neighbours.clear();
        Hit shown = hit.get();
        Optional<MemoryEngine> ready = engine.get();
        if (shown != null && ready.isPresent()) {
            tasks.call("read neighbours", () -> new QueryExplainer(ready.get()).neighbours(shown)).onSuccess(found -> {
                if (shown.equals(hit.get())) {
                    neighbours.setAll(found);
                }
            }).onFailure(e -> problem.set(Sentences.of(e))).start();
        }
    }

    /// Shows the source message of a hit in its conversation.
    public void showInConversation(Message message) {
        showMessage.accept(message);
    }

    AskForm form() {
        return form;
    }

    /// Returns the user whose memory is asked.
    public ObjectProperty<@Nullable User> userProperty() {
        return user;
    }

    /// Returns the session that a question may be restricted to.
    public ObjectProperty<@Nullable Session> sessionProperty() {
        return session;
    }

    /// Returns the message that is selected in the conversation.
    public ObjectProperty<@Nullable Message> chosenProperty() {
        return chosen;
    }

    /// Returns the newest answer; null before.
    ReadOnlyObjectProperty<@Nullable QueryExplanation> answerProperty() {
        return answer.getReadOnlyProperty();
    }

    /// Returns the hit whose reasons are shown; also one that was left out.
    ObjectProperty<@Nullable Hit> hitProperty() {
        return hit;
    }

    /// Returns the messages beside the hit that add to its score.
    ObservableList<Neighbour> neighbours() {
        return neighbours;
    }

    /// Returns what other settings return; empty before [#compareSettings].
    ObservableList<OtherSetting.Outcome> others() {
        return others;
    }

    ReadOnlyObjectProperty<@Nullable WhyNot> whyNotProperty() {
        return whyNot.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /// Returns the numbers of hits and ranked entries; empty before the first answer.
    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }
}
