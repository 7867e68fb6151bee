package dev.memfuse.console.database;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;

import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.log.LogMarkers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The change to another database: asks before it ends a load, and keeps new loads away meanwhile. FX thread only.
final class DatabaseChange {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseChange.class);
    private static final String HOLDER = "change of the database";

    /// A database to change to.
    ///
    /// @param success sentence when it is in use
    /// @param change changes settings while no engine runs
    /// @param takeBack changes them back when the database is not in use in the end
    record Goal(DatabaseChoice choice, String success, Runnable change, Runnable takeBack) {}

    private final EngineHost host;
    private final LoadService loads;
    private final Executor fx;
    private final Consumer<String> inform;
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final PassingProblem problem = new PassingProblem();
    private Supplier<CompletableFuture<Void>> check;
    private Supplier<CompletableFuture<Void>> wanted;
    private String done = "";
    private Runnable afterwards = () -> {};
    private boolean preparing;

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    DatabaseChange(EngineHost host, LoadService loads, Executor fx, Consumer<String> inform) {
        this.host = host;
        this.loads = loads;
        this.fx = fx;
        this.inform = inform;
        check = DatabaseChange::nothing;
        wanted = () -> host.connect("");
    }

    /// Switches the engine to another database; while a load runs it asks first.
    ///
    /// @param changed called when the other database is in use
    void to(Goal goal, Runnable changed) {
        if (running.get() && !preparing) {
            return;
        }
        prepared();
        check = () -> host.check(goal.choice());
        want(() -> host.connect(goal.choice(), goal.change(), goal.takeBack()), goal.success(), changed);
        Optional<String> experiment = loads.reservedBy();
        if (experiment.isPresent()) {
            // To end one of its loads would spoil it, and the next one would follow.
            problem.set("A " + experiment.get() + " is running. Stop it or wait for its end.",
                    () -> loads.reservedBy().isPresent());
        } else if (loads.current().isPresent()) {
            asking.set(true);
        } else {
            connect();
        }
    }

    /// Called when the preparation of a change begins, which ends with [#to] or [#refuse].
    void prepare() {
        typing();
        preparing = true;
        running.set(true);
    }

    private void prepared() {
        if (preparing) {
            preparing = false;
            running.set(false);
        }
    }

    /// Ends the preparation of a change that cannot be made.
    ///
    /// @param sentence the reason
    void refuse(String sentence) {
        prepared();
        problem.set(sentence);
    }

    /// Restarts the engine and its server with other settings. Stops a running load without a question, which the
    /// caller asks.
    ///
    /// @param change changes the settings
    /// @param takeBack changes them back
    /// @param success sentence for a restart with them
    void restart(Runnable change, Runnable takeBack, String success) {
        if (!running.get()) {
            check = DatabaseChange::nothing;
            want(() -> host.restart(change, takeBack), success, () -> {});
            confirm();
        }
    }

    private void want(Supplier<CompletableFuture<Void>> start, String success, Runnable changed) {
        problem.set("");
        asking.set(false);
        wanted = start;
        done = success;
        afterwards = changed;
    }

    /// Called while another URL is typed: problem and question of the one before are of the past.
    void typing() {
        problem.set("");
        asking.set(false);
    }

    /// Withdraws question and problem when what stood against the change has ended. Called again and again while they
    /// are visible.
    void check() {
        problem.check();
        if (asking.get() && loads.current().isEmpty()) {
            asking.set(false);
            inform.accept("The load has ended, and the database is as before: connect again.");
        }
    }

    /// Tests the other database; when it can be used, stops the load, waits for its end, and connects. The load
    /// measures on when it cannot be used.
    void confirm() {
        asking.set(false);
        LoadRun run = loads.current().orElse(null);
        if (run == null) {
            connect();
            return;
        }
        running.set(true);
        begun(check).whenComplete((_, failure) -> fx.execute(() -> {
            if (failure == null) {
                end(run);
            } else {
                finish(failure);
            }
        }));
    }

    private void end(LoadRun run) {
        if (loads.current().filter(run::equals).isEmpty()) {
            // It has ended meanwhile; nobody agreed to the end of a load that has started since.
            connect();
            return;
        }
        run.result().whenComplete((_, _) -> fx.execute(this::connect));
        try {
            run.stop();
        } catch (Throwable e) {
            finish(e);
        }
    }

    /// Leaves database and load as they are.
    void cancel() {
        asking.set(false);
    }

    private void connect() {
        LoadReservation reserved;
        try {
            reserved = loads.reserve(HOLDER);
        } catch (IllegalStateException e) {
            running.set(false);
            problem.set(Sentences.of(e), loads::busy);
            return;
        }
        running.set(true);
        begun(wanted).whenComplete((_, failure) -> fx.execute(() -> {
            reserved.close();
            finish(failure);
        }));
    }

    private static CompletableFuture<Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> begun(Supplier<CompletableFuture<Void>> step) {
        try {
            return step.get();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(@Nullable Throwable failure) {
        running.set(false);
        if (failure == null) {
            afterwards.run();
            inform.accept(done);
            return;
        }
        if (!Sentences.isExpected(failure)) {
            LOG.error(LogMarkers.UNEXPECTED, "Database: the change to another one failed", failure);
        }
        problem.set(Sentences.of(failure));
    }

    /// Returns whether a load runs, which [#confirm] ends.
    ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /// Returns whether a change is under way.
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Returns why the newest change did not happen; empty when it did.
    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }
}
