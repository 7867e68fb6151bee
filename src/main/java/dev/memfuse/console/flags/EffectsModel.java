package dev.memfuse.console.flags;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskCoalescer;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.lab.effect.FlagEffects;
import dev.memfuse.lab.effect.MeasuredEffect;
import dev.memfuse.load.recording.Recordings;
import org.jspecify.annotations.Nullable;

/// The measured effect of each setting, read from the recordings off the FX thread, one reading at a time. FX thread
/// only.
final class EffectsModel {

    /// What is known about the effect of a setting.
    enum State {
        /// The recordings are being read for the first time.
        READING,
        /// No recording measures the setting.
        NONE,
        /// Measured on this machine by this version.
        CURRENT,
        /// Measured elsewhere or by another version.
        STALE,
        /// The recordings cannot be read.
        FAILED
    }

    /// The effect of a setting as the page shows it.
    ///
    /// @param text one line
    record Shown(State state, String text) {}

    private static final Shown READING = new Shown(State.READING, "Reading the recordings");
    private static final Shown NONE = new Shown(State.NONE, "Not measured yet");

    private final TaskRunner tasks;
    private final Callable<Map<String, MeasuredEffect>> read;
    private final Supplier<Instant> clock;
    private final Map<String, ReadOnlyObjectWrapper<Shown>> shown = new HashMap<>();
    private final TaskCoalescer reading = new TaskCoalescer();
    private boolean visible;

    /// @param read reads the effects by setting; not on the FX thread
    /// @param clock time of now, for ages
    EffectsModel(TaskRunner tasks, Callable<Map<String, MeasuredEffect>> read, Supplier<Instant> clock) {
        this.tasks = tasks;
        this.read = read;
        this.clock = clock;
    }

    /// Creates the model of the recordings of this program; it reads them again after they changed.
    ///
    /// @param effects makes the reader, on first use and off the FX thread
    /// @param fx executor of the FX thread
    static EffectsModel of(Recordings recordings, Supplier<FlagEffects> effects, TaskRunner tasks, Executor fx,
            Supplier<Instant> clock) {
        EffectsModel model = new EffectsModel(tasks, new Reader(effects), clock);
        FxCoalescer changed = new FxCoalescer(fx, model::changed);
        recordings.onChange(changed::request);
        return model;
    }

    /// Makes its source at the first reading. Readings follow one another.
    private static final class Reader implements Callable<Map<String, MeasuredEffect>> {
        private final Supplier<FlagEffects> make;
        private @Nullable FlagEffects effects;

        Reader(Supplier<FlagEffects> make) {
            this.make = make;
        }

        @Override
        public synchronized Map<String, MeasuredEffect> call() {
            FlagEffects source = effects == null ? make.get() : effects;
            effects = source;
            return source.latest();
        }
    }

    /// Called when the page becomes visible or is hidden: recordings that change meanwhile are read when it is visible.
    void visible(boolean now) {
        visible = now;
        changed();
    }

    private void changed() {
        if (visible) {
            reload();
        }
    }

    /// Reads the recordings; during a reading, reads them once more after it.
    void reload() {
        if (!reading.begin()) {
            return;
        }
        tasks.call("read measured effects", read).onSuccess(found -> {
            Instant now = clock.get();
            shown.forEach((path, property) -> property.set(show(found.get(path), now)));
            ended();
        }).onFailure(failure -> {
            String sentence = Sentences.of(failure);
            shown.values().forEach(property -> property.set(new Shown(State.FAILED, sentence)));
            ended();
        }).start();
    }

    private void ended() {
        if (reading.end()) {
            reload();
        }
    }

    private static Shown show(@Nullable MeasuredEffect effect, Instant now) {
        return effect == null
                ? NONE
                : new Shown(effect.validity() == MeasuredEffect.Validity.CURRENT ? State.CURRENT : State.STALE,
                        effect.line(now));
    }

    /// Returns the effect of a setting.
    ReadOnlyObjectProperty<Shown> of(String path) {
        return shown.computeIfAbsent(path, _ -> new ReadOnlyObjectWrapper<>(READING)).getReadOnlyProperty();
    }
}
