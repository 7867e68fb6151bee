package dev.memfuse.console.memory.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.ExtractionStatus.LayerBacklog;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.VectorBacklog;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the jobs that work on stored memory: extraction, vectors in the background, replacement of vectors,
/// and the build of a layer. FX thread only.
public final class JobsModel {
    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<@Nullable Jobs> jobs = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper retrying = new ReadOnlyBooleanWrapper();
    private boolean reading;

    /// The jobs at one moment.
    ///
    /// @param failed number of rounds whose extraction failed
    /// @param failures the newest of them, a line each
    record Jobs(List<String> extraction, int failed, List<String> failures, String vectors, Bar reembedding,
            Bar layerBuild) {}

    /// Progress of a job with an end.
    ///
    /// @param share 0..1; negative when unknown
    /// @param running whether it works
    /// @param paused whether it is paused
    record Bar(String text, double share, boolean running, boolean paused) {}

    /// @param engine returns the engine once it is ready
    public JobsModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
    }

    /// Reads the jobs, unless they are being read; called once a second while they are visible.
    public void refresh() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty() || reading) {
            return;
        }
        reading = true;
        tasks.call("read the jobs", () -> read(ready.get())).onSuccess(found -> {
            reading = false;
            problem.set("");
            jobs.set(found);
        }).onFailure(e -> {
            reading = false;
            problem.set(Sentences.of(e));
        }).start();
    }

    private static Jobs read(MemoryEngine engine) {
        ExtractionStatus status = engine.extractionStatus();
        List<String> layers = new ArrayList<>();
        int failed = 0;
        for (DerivedLayer layer : DerivedLayer.values()) {
            LayerBacklog backlog = status.of(layer);
            failed += backlog.dead();
            layers.add(line(layer, backlog));
        }
        return new Jobs(layers, failed,
                status.deadLetters().stream().map(letter -> Formats.moment(letter.at()) + "  "
                        + letter.result().layer() + "  after " + Numbers.count(letter.result().attempts(), "attempt")
                        + ": " + letter.result().note()).toList(),
                line(engine.vectorBacklog()), bar(engine.reembedding().status()), bar(engine.layerBuild().status()));
    }

    private static String line(DerivedLayer layer, LayerBacklog backlog) {
        if (backlog.waiting() + backlog.running() + backlog.dead() == 0) {
            return layer + ": nothing waits.";
        }
        return layer + ": " + Numbers.count(backlog.waiting(), "round") + " waiting, " + backlog.running()
                + " in work, " + backlog.dead() + " failed"
                + backlog.oldest().map(oldest -> ", the oldest added " + Formats.moment(oldest)).orElse("")
                + ".";
    }

    private static String line(VectorBacklog backlog) {
        return backlog.waiting() == 0
                ? "Every stored message has a vector."
                : Numbers.count(backlog.waiting(), "message") + " without a vector"
                        + (backlog.perSecond() > 0
                                ? String.format(Locale.ROOT, ", %s a second, about %s left",
                                        Formats.rate(backlog.perSecond()),
                                        Formats.duration(Duration.ofSeconds(
                                                Math.round(backlog.waiting() / backlog.perSecond()))))
                                : ", none is being made now")
                        + ".";
    }

    private static Bar bar(Reembedding.Status status) {
        String count = Numbers.count(status.done()) + " of " + Numbers.count(status.total(), "vector");
        return new Bar(switch (status.state()) {
            case IDLE -> "Not started.";
            case COUNTING -> "Counting vectors of other models than " + status.model() + ".";
            case RUNNING -> count + " replaced by " + status.model()
                    + status.rest().map(rest -> ", about " + Formats.estimate(rest) + " left").orElse("") + ".";
            case PAUSED -> "Paused after " + count + ".";
            case DONE -> "All vectors are of " + status.model() + ".";
            case CANCELLED -> "Cancelled after " + count + "; the next start continues.";
            case FAILED -> "Failed after " + count + ": " + status.problem();
        }, share(status.done(), status.total()), status.state().active(), status.state() == Reembedding.State.PAUSED);
    }

    private static Bar bar(LayerBuild.Status status) {
        boolean running = status.state() == LayerBuild.State.RUNNING;
        return new Bar(switch (status.state()) {
            case IDLE -> "Not started. The Flags page starts it, with its cost shown before.";
            case RUNNING -> Numbers.count(status.done()) + " of " + Numbers.count(status.total(), "round") + " built"
                    + (Double.isFinite(status.secondsLeft())
                            ? ", about " + Formats.estimate(Duration.ofSeconds(Math.round(status.secondsLeft())))
                                    + " left"
                            : "")
                    + ".";
            case DONE -> Numbers.count(status.total(), "round") + " built, " + status.failed() + " failed."
                    + (status.problem().isEmpty() ? "" : " " + status.problem());
            case CANCELLED -> "Cancelled after " + Numbers.count(status.done()) + " of "
                    + Numbers.count(status.total(), "round") + "; the next start continues.";
            case FAILED -> "Failed after " + Numbers.count(status.done(), "round") + ": " + status.problem();
        }, share(status.done(), status.total()), running, false);
    }

    private static double share(long done, long total) {
        return total == 0 ? -1 : (double) done / total;
    }

    /// Queues all rounds whose extraction failed.
    void retryFailed() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isPresent() && !retrying.get()) {
            retrying.set(true);
            tasks.call("retry extraction", () -> ready.get().retryFailed()).onSuccess(_ -> {
                retrying.set(false);
                refresh();
            }).onFailure(e -> {
                retrying.set(false);
                problem.set(Sentences.of(e));
            }).start();
        }
    }

    /// Starts the replacement of vectors, or resumes it.
    void startReembedding() {
        engine.get().map(MemoryEngine::reembedding).ifPresent(Reembedding::start);
        refresh();
    }

    /// Pauses the replacement of vectors.
    void pauseReembedding() {
        engine.get().map(MemoryEngine::reembedding).ifPresent(Reembedding::pause);
        refresh();
    }

    /// Ends the replacement of vectors.
    void cancelReembedding() {
        engine.get().map(MemoryEngine::reembedding).ifPresent(Reembedding::cancel);
        refresh();
    }

    /// Ends the build of a layer after the rounds in progress.
    void cancelLayerBuild() {
        engine.get().map(MemoryEngine::layerBuild).ifPresent(LayerBuild::cancel);
        refresh();
    }

    /// Returns the jobs; null before the first reading.
    ReadOnlyObjectProperty<@Nullable Jobs> jobsProperty() {
        return jobs.getReadOnlyProperty();
    }

    /// Returns why the newest reading or retry failed; empty when it did not.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty retryingProperty() {
        return retrying.getReadOnlyProperty();
    }
}
