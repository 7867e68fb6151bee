package dev.memfuse.console.flags;

import java.util.Optional;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerBuild.Cost;
import dev.memfuse.engine.LayerBuild.Scope;
import dev.memfuse.engine.LayerBuild.Status;

/// View model of the job that builds a layer for what is stored already, or again where rules built it. A build starts
/// only after its cost was shown. FX thread only.
final class LayerBuildViewModel {
    private static final double UNKNOWN = -1;

    private final Supplier<Optional<LayerBuild>> engine;
    private final TaskRunner tasks;
    private final ObjectProperty<DerivedLayer> layer = new SimpleObjectProperty<>(DerivedLayer.M1);
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.MISSING);
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper measuring = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper buildable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper cancelling = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper share = new ReadOnlyDoubleWrapper(UNKNOWN);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Optional<LayerBuild> build = Optional.empty();

    /// @param engine returns the job of the engine once that is ready
    LayerBuildViewModel(Supplier<Optional<LayerBuild>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
        layer.subscribe(this::chosen);
        scope.subscribe(this::chosen);
        refresh();
    }

    private void chosen() {
        buildable.set(false);
        say("");
    }

    private void say(String sentence) {
        message.set(sentence);
        problem.set("");
    }

    private void fail(String sentence) {
        message.set("");
        problem.set(sentence);
    }

    /// Reads the progress of the job; called while the page is visible.
    void refresh() {
        Optional<LayerBuild> now = engine.get();
        ready.set(now.isPresent());
        if (running.get()) {
            boolean same = now.isPresent() && build.equals(now);
            if (same) {
                show(now.get().status());
            } else {
                end();
                fail("The engine was stopped. Show the cost and build again: the rest continues.");
            }
        } else if (now.isEmpty()) {
            buildable.set(false);
        }
    }

    private void show(Status status) {
        switch (status.state()) {
            case RUNNING -> {
                share.set(status.total() == 0 ? UNKNOWN : (double) status.done() / status.total());
                say(cancelling.get()
                        ? "Stopping after the rounds in progress."
                        : status.total() == 0 ? "Counting rounds." : status.sentence(layer.get(), scope.get()));
            }
            case FAILED -> {
                end();
                fail(status.sentence(layer.get(), scope.get()));
            }
            case IDLE, DONE, CANCELLED -> {
                end();
                if (status.failed() == 0) {
                    say(status.sentence(layer.get(), scope.get()));
                } else {
                    fail(status.sentence(layer.get(), scope.get()));
                }
            }
        }
    }

    private void end() {
        running.set(false);
        cancelling.set(false);
        buildable.set(false);
    }

    /// Measures and shows the cost of building the chosen layer.
    void measure() {
        Optional<LayerBuild> now = engine.get();
        if (now.isEmpty() || running.get() || measuring.get()) {
            return;
        }
        DerivedLayer chosen = layer.get();
        Scope rounds = scope.get();
        LayerBuild job = now.get();
        measuring.set(true);
        buildable.set(false);
        say("Counting rounds and timing a sample.");
        tasks.call("cost of " + chosen, () -> job.cost(chosen, rounds))
                .onSuccess(cost -> measured(chosen, rounds, cost))
                .onFailure(e -> {
                    measuring.set(false);
                    fail("The cost is not known: " + Sentences.of(e));
                }).start();
    }

    private void measured(DerivedLayer chosen, Scope rounds, Cost cost) {
        measuring.set(false);
        buildable.set(cost.rounds() > 0);
        say(cost.sentence(chosen, rounds));
    }

    /// Starts the build whose cost is shown.
    void start() {
        if (!buildable.get() || running.get()) {
            return;
        }
        build = engine.get();
        build.ifPresent(job -> {
            job.start(layer.get(), scope.get());
            running.set(true);
            show(job.status());
        });
    }

    /// Stops the build after the rounds in progress; the next start continues with the rest.
    void cancel() {
        if (running.get()) {
            cancelling.set(true);
            build.ifPresent(LayerBuild::cancel);
            refresh();
        }
    }

    /// The layer to build; fixed while a build or a measurement runs.
    ObjectProperty<DerivedLayer> layerProperty() {
        return layer;
    }

    /// The rounds to build it for; fixed while a build or a measurement runs.
    ObjectProperty<Scope> scopeProperty() {
        return scope;
    }

    /// Whether the engine is ready.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Whether the cost is being measured.
    ReadOnlyBooleanProperty measuringProperty() {
        return measuring.getReadOnlyProperty();
    }

    /// Whether the cost is shown and there is something to build.
    ReadOnlyBooleanProperty buildableProperty() {
        return buildable.getReadOnlyProperty();
    }

    /// Whether a build runs.
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether the running build was cancelled and is ending.
    ReadOnlyBooleanProperty cancellingProperty() {
        return cancelling.getReadOnlyProperty();
    }

    /// Progress of the build, 0..1; negative while it is not known.
    ReadOnlyDoubleProperty shareProperty() {
        return share.getReadOnlyProperty();
    }

    /// Cost, progress or result; empty before.
    ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// Why measurement or build failed; otherwise empty.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
