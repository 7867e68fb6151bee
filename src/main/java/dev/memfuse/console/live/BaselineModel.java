package dev.memfuse.console.live;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.load.recording.Baseline;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.metrics.EventMark;
import org.jspecify.annotations.Nullable;

/// View model of the baseline: the course of a recorded load beneath the live charts. FX thread only; recordings are
/// read off it.
///
/// The start of the recorded load lies at the start of the newest load, or where the user put it.
final class BaselineModel {
    private static final String NO_LOADS = "No load is recorded yet. A load is recorded when it ends; run one, or "
            + "import a recording on the History page.";

    /// A recording that can be chosen.
    ///
    /// @param id its id
    /// @param text name and time, or why it cannot be opened
    record Choice(String id, String text) {}

    /// A baseline that is drawn.
    private record Shown(Baseline baseline, BaselineSamples samples) {}

    private final Recordings recordings;
    private final TaskRunner tasks;
    private final Clock clock;
    private final Supplier<List<EventMark>> marks;
    private final ObservableList<Choice> choices = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Choice> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final BooleanProperty open = new SimpleBooleanProperty(this, "open");
    private final BooleanProperty drawn = new SimpleBooleanProperty(this, "drawn", true);
    private final ReadOnlyObjectWrapper<@Nullable BaselineSamples> samples = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper start = new ReadOnlyLongWrapper();
    private final ReadOnlyStringWrapper place = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private int reads;
    private int lists;
    /// Why the list of recordings may lack some; empty for none.
    private String listProblem = "";
    /// Why the chosen recording is not drawn, or what it lacks; empty for none.
    private String readProblem = "";
    private boolean filling;
    private String settings = "";
    /// Start of the newest load, in milliseconds since the epoch; [Long#MIN_VALUE] when none is known.
    private long loadStart = Long.MIN_VALUE;

    /// @param marks returns the marks of all charts, oldest first
    BaselineModel(Recordings recordings, TaskRunner tasks, Clock clock, Supplier<List<EventMark>> marks) {
        this.recordings = recordings;
        this.tasks = tasks;
        this.clock = clock;
        this.marks = marks;
        open.subscribe(now -> {
            if (now) {
                list();
            }
        });
        chosen.subscribe((_, now) -> {
            if (!filling) {
                read(now);
            }
        });
    }

    /// Reads which recordings there are: one may have been recorded meanwhile.
    void list() {
        lists++;
        int number = lists;
        tasks.call("list recorded loads", recordings::list).onSuccess(found -> {
            if (number == lists) {
                listProblem = "";
                fill(found);
                problem();
            }
        }).onFailure(failure -> {
            if (number == lists) {
                listProblem = Sentences.of(failure);
                problem();
            }
        }).start();
    }

    private void fill(List<RecordingEntry> entries) {
        List<Choice> found = entries.stream().flatMap(entry -> switch (entry) {
            case RecordingEntry.Intact intact -> intact.manifest().kind().hasCourse()
                    ? Stream.of(choice(intact.manifest()))
                    : Stream.empty();
            case RecordingEntry.Damaged damaged -> Stream.of(
                    new Choice(damaged.id(), damaged.id() + ", cannot be opened"));
        }).toList();
        Choice before = chosen.get();
        filling = true;
        choices.setAll(found);
        chosen.set(before == null
                ? null
                : found.stream().filter(one -> one.id().equals(before.id())).findFirst().orElse(before));
        filling = false;
        note();
    }

    private static Choice choice(Manifest manifest) {
        return new Choice(manifest.id(), manifest.name() + ", " + Formats.moment(manifest.startedAt()));
    }

    /// Draws the load of a recording, and shows what it is.
    void show(Manifest manifest) {
        open.set(true);
        drawn.set(true);
        chosen.set(choice(manifest));
    }

    private void read(@Nullable Choice choice) {
        reads++;
        int number = reads;
        readProblem = "";
        problem();
        reading.set(choice != null);
        if (choice == null) {
            samples.set(null);
            title.set("");
            place.set("");
            note();
            return;
        }
        note();
        tasks.call("read a baseline", () -> {
            Baseline baseline = Baseline.read(recordings, choice.id());
            return new Shown(baseline, new BaselineSamples(baseline));
        }).onSuccess(found -> {
            if (number == reads) {
                reading.set(false);
                show(found);
            }
        }).onFailure(failure -> {
            if (number == reads) {
                reading.set(false);
                samples.set(null);
                title.set("");
                place.set("");
                readProblem = Sentences.of(failure);
                problem();
                note();
            }
        }).start();
    }

    private static String settings(Baseline baseline) {
        return baseline.settings()
                .map(settings -> settings.isEmpty() ? "the default settings" : String.join(", ", settings))
                .orElse("unknown settings");
    }

    private void show(Shown found) {
        readProblem = String.join(" ", found.baseline().lacking());
        problem();
        title.set(choice(found.baseline().manifest()).text() + ", " + settings(found.baseline()));
        settings = "With " + settings(found.baseline()) + ".";
        loadStart = newestLoad();
        long from = loadStart == Long.MIN_VALUE ? clock.millis() : loadStart;
        // Before it is drawn: neither the place nor its text need differ from those of the baseline before.
        found.samples().startAt(from);
        start.set(from);
        samples.set(found.samples());
        place.set(loadStart == Long.MIN_VALUE ? placedAt(from) : withLoadOf(from));
        note();
    }

    /// Moves the baseline to the start of a load that began meanwhile.
    void align() {
        long newest = newestLoad();
        BaselineSamples shown = samples.get();
        if (shown == null || newest <= loadStart) {
            return;
        }
        loadStart = newest;
        shown.startAt(newest);
        start.set(newest);
        place.set(withLoadOf(newest));
    }

    private long newestLoad() {
        long newest = Long.MIN_VALUE;
        for (EventMark mark : marks.get()) {
            // Each load begins with its warm-up.
            newest = mark.kind() == EventMark.Kind.WARMUP ? mark.at().toEpochMilli() : newest;
        }
        return newest;
    }

    private String withLoadOf(long millis) {
        return settings + " It starts with the load of " + Formats.timeOfDay(Instant.ofEpochMilli(millis)) + ".";
    }

    private String placedAt(long millis) {
        return settings + " It starts at " + Formats.timeOfDay(Instant.ofEpochMilli(millis))
                + "; the next load takes it to its own start.";
    }

    /// Puts the start of the baseline at a moment, until another load starts. Without a baseline, offers the choice.
    void startAt(Instant moment) {
        if (samples.get() == null) {
            open.set(true);
        } else {
            put(moment.toEpochMilli());
        }
    }

    private void put(long millis) {
        BaselineSamples shown = samples.get();
        if (shown != null) {
            shown.startAt(millis);
            start.set(millis);
            place.set(placedAt(millis));
        }
    }

    /// Draws no baseline.
    void remove() {
        chosen.set(null);
    }

    private void problem() {
        problem.set((readProblem + " " + listProblem).strip());
    }

    private void note() {
        note.set(choices.isEmpty() && chosen.get() == null
                ? NO_LOADS
                : reading.get()
                        ? "Reading the recording."
                        : chosen.get() == null ? "Choose a recorded load to draw it beneath this one." : "");
    }

    /// Returns the recorded loads, newest first, and the recordings that cannot be opened.
    ObservableList<Choice> choices() {
        return choices;
    }

    /// Returns the chosen recording; null for none.
    ObjectProperty<@Nullable Choice> chosenProperty() {
        return chosen;
    }

    /// Returns whether the choice is shown.
    BooleanProperty openProperty() {
        return open;
    }

    /// Returns whether a baseline is drawn while there is one.
    BooleanProperty drawnProperty() {
        return drawn;
    }

    /// Returns the samples that are drawn; null while there are none, or the baseline is switched off.
    @Nullable
    BaselineSamples drawn() {
        return drawn.get() ? samples.get() : null;
    }

    /// Returns the samples of the baseline; null without one.
    ReadOnlyObjectProperty<@Nullable BaselineSamples> samplesProperty() {
        return samples.getReadOnlyProperty();
    }

    /// Returns which recording the baseline is, of when, and with which settings; empty without one.
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Returns the start of the newest baseline in milliseconds since the epoch.
    ReadOnlyLongProperty startProperty() {
        return start.getReadOnlyProperty();
    }

    /// Returns the settings of the baseline and where it starts; empty without one.
    ReadOnlyStringProperty placeProperty() {
        return place.getReadOnlyProperty();
    }

    /// Returns what to do, or what is being done; empty while a baseline is drawn.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// Returns why there is no baseline, or what it lacks; empty for none.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns whether a recording is being read.
    ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }
}
