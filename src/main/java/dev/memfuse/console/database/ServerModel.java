package dev.memfuse.console.database;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.database.ServerActivity.Interval;
import dev.memfuse.console.fx.DataAge;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.ServerView;
import dev.memfuse.engine.host.ServerView.LockWait;
import dev.memfuse.engine.host.ServerView.Session;
import dev.memfuse.engine.host.ServerView.StatementCount;
import dev.memfuse.engine.host.ServerView.TableSize;

/// View model of what the database server does now. It reads the visible part only. FX thread only.
final class ServerModel {
    private final ServerView server;
    private final TaskRunner tasks;
    private final ObservableList<Session> sessions = FXCollections.observableArrayList();
    private final ObservableList<LockWait> locks = FXCollections.observableArrayList();
    private final ObservableList<StatementCount> statements = FXCollections.observableArrayList();
    private final ObservableList<TableSize> tables = FXCollections.observableArrayList();
    private final ObservableList<Interval> intervals = FXCollections.observableArrayList();
    private final ServerActivity activity = new ServerActivity(InstantSource.system());
    private final Map<Part, DataAge> read = new EnumMap<>(Part.class);
    private final LongSupplier nanos;
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.SESSIONS);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper countable = new ReadOnlyBooleanWrapper();
    private boolean ready;
    private boolean reading;
    /// Number of databases that were in use before, so that a late reading of one of them is not shown.
    private int connection;
    private int pid;
    private boolean ending;

    /// Parts of which one is visible.
    enum Part {
        SESSIONS("Sessions", "No session of a client."),
        LOCKS("Locks", "No session waits for a lock."),
        STATEMENTS("Statements", "No statements."),
        TABLES("Tables", "No tables."),
        ACTIVITY("Activity", "The first figures need two readings.");

        private final String title;
        private final String nothing;

        Part(String title, String nothing) {
            this.title = title;
            this.nothing = nothing;
        }

        String title() {
            return title;
        }
    }

    ServerModel(ServerView server, TaskRunner tasks) {
        this(server, tasks, System::nanoTime);
    }

    /// @param nanos the clock of [System#nanoTime], another one in tests
    ServerModel(ServerView server, TaskRunner tasks, LongSupplier nanos) {
        this.server = server;
        this.tasks = tasks;
        this.nanos = nanos;
        part.subscribe(() -> {
            age.set("");
            problem.set("");
            sayEmpty();
            refresh();
        });
        sayEmpty();
    }

    /// Says whether a database is in use.
    void ready(boolean now) {
        if (ready == now) {
            return;
        }
        ready = now;
        if (!now) {
            connection++;
            sessions.clear();
            locks.clear();
            statements.clear();
            tables.clear();
            activity.clear();
            intervals.clear();
            read.clear();
            problem.set("");
            age.set("");
            countable.set(false);
            keep();
        }
        sayEmpty();
    }

    /// Reads the visible part, unless it is being read; called every two seconds while the page is visible.
    void refresh() {
        if (!ready) {
            return;
        }
        if (reading) {
            sayAge();
            return;
        }
        switch (part.get()) {
            case SESSIONS -> read("list sessions", server::sessions, found -> show(sessions, found));
            case LOCKS -> read("list locks", server::lockWaits, found -> show(locks, found));
            case STATEMENTS -> read("list statements", server::statements, found -> {
                show(statements, found.all());
                countable.set(found.countable());
                problem.set(found.problem());
            });
            case TABLES -> read("list tables", server::tables, found -> show(tables, found));
            case ACTIVITY -> read("read counters", server::counters, found -> {
                activity.add(found);
                show(intervals, activity.intervals());
                problem.set(found.problem());
            });
        }
    }

    private void sayEmpty() {
        Part shown = part.get();
        empty.set(!ready
                ? "The database is not connected."
                : read.containsKey(shown)
                        ? shown.nothing
                        : problem.get().isEmpty() ? "Reading…" : "The server could not be read.");
    }

    /// Rows stay after a failed reading; without their age they would pass for new ones.
    private void sayAge() {
        DataAge shown = read.get(part.get());
        String sentence = shown == null ? null : shown.stale();
        age.set(sentence == null ? "" : sentence);
    }

    private static <T> void show(ObservableList<T> list, List<T> found) {
        // The selection of the person stays while nothing changes.
        if (!list.equals(found)) {
            list.setAll(found);
        }
    }

    private <T> void read(String name, Callable<T> work, Consumer<T> show) {
        reading = true;
        Part shown = part.get();
        int of = connection;
        tasks.call(name, work).onSuccess(found -> {
            reading = false;
            if (of == connection && shown == part.get()) {
                problem.set("");
                countable.set(false);
                read.put(shown, new DataAge(nanos));
                show.accept(found);
                sayAge();
                sayEmpty();
            } else {
                refresh();
            }
        }).onFailure(e -> {
            reading = false;
            if (of == connection && shown == part.get()) {
                problem.set(Sentences.of(e));
                sayAge();
                sayEmpty();
            } else {
                refresh();
            }
        }).start();
    }

    /// Makes the server count statements.
    void countStatements() {
        tasks.call("count statements", () -> {
            server.countStatements();
            return true;
        }).onSuccess(_ -> refresh()).onFailure(e -> problem.set(Sentences.of(e))).start();
    }

    /// Asks before the statement of a session is cancelled.
    void askCancel(Session session) {
        ask(session, false, "Cancel the statement of session " + session.pid() + "? Its transaction fails"
                + (session.own() ? "; the session is one of this program, whose call fails with it." : "."));
    }

    /// Asks before a session is ended.
    void askTerminate(Session session) {
        ask(session, true, "End session " + session.pid() + "? Its transaction is rolled back"
                + (session.own() ? "; the session is one of this program, which opens another one." : "."));
    }

    private void ask(Session session, boolean end, String sentence) {
        pid = session.pid();
        ending = end;
        outcome.set("");
        question.set(sentence);
    }

    /// Does what was asked about.
    void confirm() {
        int target = pid;
        boolean end = ending;
        if (question.get().isEmpty()) {
            return;
        }
        keep();
        tasks.call("signal a session", () -> end ? server.terminate(target) : server.cancel(target))
                .onSuccess(found -> {
                    outcome.set(!found
                            ? "There is no session " + target + " any more."
                            : end
                                    ? "Session " + target + " was ended."
                                    : "The statement of session " + target + " was cancelled.");
                    refresh();
                }).onFailure(e -> problem.set(Sentences.of(e))).start();
    }

    /// Leaves the session as it is.
    void keep() {
        question.set("");
    }

    /// Returns the visible part.
    ObjectProperty<Part> partProperty() {
        return part;
    }

    ObservableList<Session> sessions() {
        return sessions;
    }

    ObservableList<LockWait> locks() {
        return locks;
    }

    ObservableList<StatementCount> statements() {
        return statements;
    }

    ObservableList<TableSize> tables() {
        return tables;
    }

    /// Returns the activity of the server between the last readings, the newest first.
    ObservableList<Interval> intervals() {
        return intervals;
    }

    /// Returns why the table of the visible part is empty, a sentence.
    ReadOnlyStringProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /// Returns the age of the rows of the visible part, a sentence; empty while they are current.
    ReadOnlyStringProperty ageProperty() {
        return age.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns the question before a session is signalled; empty when there is none.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /// Returns whether [#countStatements] makes statements readable.
    ReadOnlyBooleanProperty countableProperty() {
        return countable.getReadOnlyProperty();
    }
}
