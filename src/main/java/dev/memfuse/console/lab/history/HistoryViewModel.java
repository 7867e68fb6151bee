package dev.memfuse.console.lab.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.history.RecordedRuns;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SideBySide;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the History page: lists recordings, opens, edits, exports, imports and deletes them, and lays two side
/// by side. FX thread only.
final class HistoryViewModel {
    private static final PageState EMPTY = new PageState.Empty(Icons.HISTORY, "No recordings yet",
            "Every load and every experiment is recorded, unless the database is temporary, and appears "
                    + "here, also after a restart. Import adds one of another machine.");

    private final Recordings recordings;
    private final RecordedResults results;
    private final LongSupplier limitBytes;
    private final TaskRunner tasks;
    private final HistoryTargets targets;
    private final Consumer<String> inform;
    private final HistoryFilter filter = new HistoryFilter();
    private final RecordingForm form = new RecordingForm();
    private final ObservableList<HistoryRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<List<HistoryRow>> selected = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable SideBySide> sideBySide = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(
            new PageState.Loading("Reading the recordings", -1));
    private final ReadOnlyStringWrapper retention = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private List<RecordingEntry> entries = List.of();
    private int reads;
    /// Id of the recording to select after the next read; empty for none.
    private String revealed = "";
    /// The table loses its selection while its rows are replaced.
    private boolean filling;

    /// @param limitBytes returns the maximum size of all recordings; 0 when nothing is recorded
    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    HistoryViewModel(Recordings recordings, LongSupplier limitBytes, TaskRunner tasks, Executor fx,
            HistoryTargets targets, Consumer<String> inform) {
        this.recordings = recordings;
        this.results = new RecordedResults(recordings);
        this.limitBytes = limitBytes;
        this.tasks = tasks;
        this.targets = targets;
        this.inform = inform;
        FxCoalescer changed = new FxCoalescer(fx, this::refresh);
        recordings.onChange(changed::request);
        filter.onChange(this::showRows);
    }

    /// Reads the recordings.
    void refresh() {
        reads++;
        int number = reads;
        tasks.call("list recordings", recordings::list).onSuccess(found -> {
            if (number == reads) {
                entries = found;
                showRows();
                selectRevealed();
            }
        }).onFailure(failure -> state.set(new PageState.Failed(ExperimentModel.sentence(failure),
                "Check the rights of the folder.", failure.toString(),
                new PageState.Action("Read again", this::refresh)))).start();
    }

    private void showRows() {
        List<HistoryRow> shown = filter.now().of(entries).stream().map(HistoryRow::of).toList();
        List<String> before = selected.get().stream().map(HistoryRow::id).toList();
        filling = true;
        rows.setAll(shown);
        filling = false;
        select(shown.stream().filter(row -> before.contains(row.id())).toList());
        retention.set(retentionText());
        state.set(entries.isEmpty() ? EMPTY : PageState.READY);
    }

    /// Shows all recordings and selects one.
    void reveal(String id) {
        filter.clear();
        revealed = id;
        refresh();
    }

    private void selectRevealed() {
        List<HistoryRow> found = rows.stream().filter(row -> row.id().equals(revealed)).toList();
        revealed = "";
        if (!found.isEmpty()) {
            select(found);
        }
    }

    private String retentionText() {
        long bytes = entries.stream().mapToLong(RecordingEntry::bytes).sum();
        String all = Numbers.count(entries.size(), "recording") + ", " + Formats.size(bytes);
        long limit = limitBytes.getAsLong();
        return limit <= 0
                ? all + ". New runs are not recorded, since load.recordings_mib is 0."
                : all + " of at most " + Formats.size(limit)
                        + ". The oldest that are not pinned are removed when a new one needs the room.";
    }

    /// Selects rows of the table.
    void select(List<HistoryRow> next) {
        if (filling) {
            return;
        }
        boolean other = !next.stream().map(HistoryRow::id).toList()
                .equals(selected.get().stream().map(HistoryRow::id).toList());
        selected.set(List.copyOf(next));
        if (other) {
            question.set("");
            problem.set("");
            sideBySide.set(null);
        }
        form.show(single());
    }

    /// Returns the manifest of the selected recording; null unless exactly one that can be opened is selected.
    private @Nullable Manifest single() {
        return selected.get().size() == 1 && selected.get().getFirst().entry() instanceof RecordingEntry.Intact intact
                ? intact.manifest()
                : null;
    }

    /// Opens the selected recording in the page of its kind, or as a report.
    void open() {
        Manifest manifest = single();
        if (manifest == null) {
            return;
        }
        String id = manifest.id();
        problem.set("");
        switch (manifest.kind()) {
            case COMPARISON -> open("comparison", () -> results.comparison(id), targets.comparison());
            case SCORECARD -> open("scorecard", () -> results.scorecard(id), targets.scorecard());
            case SWEEP -> open("sweep", () -> results.sweep(id), targets.sweep());
            case ADVICE -> open("advice", () -> results.advice(id), targets.advice());
            case TRIAL -> open("trial", () -> results.trial(id), targets.trial());
            case TUNING -> open("tuning", () -> results.tuning(id), targets.tuning());
            case LOAD -> open("report", () -> report(id), inform);
            case OBSERVATION -> targets.baseline().accept(manifest);
        }
    }

    /// Puts the load of the selected recording into the form of the Load page, with its seed.
    void loadAgain() {
        Manifest manifest = single();
        if (isLoad() && manifest != null) {
            problem.set("");
            open("scenario", () -> new RecordedRuns(recordings).replay(manifest.id()).scenario(), scenario -> {
                targets.load().accept(scenario);
                inform.accept("The form has the recorded load and its seed; it runs under the settings in force. "
                        + "'history replay " + manifest.id() + "' runs it under the recorded settings.");
            });
        }
    }

    /// Draws the selected load or observation beneath the live charts.
    void asBaseline() {
        Manifest manifest = single();
        if (hasCourse() && manifest != null) {
            problem.set("");
            targets.baseline().accept(manifest);
        }
    }

    /// Returns whether one load that can be opened is selected.
    boolean isLoad() {
        Manifest manifest = single();
        return manifest != null && manifest.kind() == RecordingKind.LOAD;
    }

    /// Returns whether one recording is selected that can lie beneath the live charts.
    boolean hasCourse() {
        Manifest manifest = single();
        return manifest != null && manifest.kind().hasCourse();
    }

    private <R> void open(String kind, Callable<R> read, Consumer<R> target) {
        tasks.call("open " + kind, read).onSuccess(target).onFailure(this::fail).start();
    }

    /// Writes the report of a load into a folder of its own and opens it.
    private String report(String id) throws Exception {
        Path folder = Files.createTempDirectory("memfuse-" + id + "-");
        HtmlReport.write(new RecordedRuns(recordings).report(id), folder);
        Path page = folder.resolve("index.html");
        return targets.report().open(page) ? "The report is open in the browser." : "The report is in " + page + ".";
    }

    private void fail(Throwable failure) {
        problem.set(ExperimentModel.sentence(failure));
    }

    /// Stores name, note and tags as typed.
    void save() {
        update("Saved.", form::apply);
    }

    /// Pins the selected recording, or not.
    void pin(boolean pinned) {
        update(pinned ? "Pinned: it is kept." : "No longer pinned.", manifest -> manifest.withPinned(pinned));
    }

    private void update(String done, UnaryOperator<Manifest> change) {
        Manifest manifest = single();
        if (manifest != null) {
            problem.set("");
            tasks.call("change recording", () -> recordings.update(manifest.id(), change)).onSuccess(_ -> {
                refresh();
                inform.accept(done);
            }).onFailure(this::fail).start();
        }
    }

    /// Asks whether the selected recordings are to be deleted.
    void askDelete() {
        List<HistoryRow> chosen = selected.get();
        if (!chosen.isEmpty()) {
            long pinned = chosen.stream().filter(HistoryRow::pinned).count();
            question.set(String.format(Locale.ROOT, "Delete %s%s? This cannot be undone.", chosen.size() == 1
                    ? "\"" + chosen.getFirst().name() + "\""
                    : Numbers.count(chosen.size(), "recording"),
                    pinned == 0 ? "" : chosen.size() == 1 ? ", which is pinned" : ", " + pinned + " of them pinned"));
        }
    }

    /// Keeps the recordings.
    void keep() {
        question.set("");
    }

    /// Deletes the selected recordings after the question.
    void delete() {
        if (question.get().isEmpty()) {
            return;
        }
        List<String> ids = selected.get().stream().map(HistoryRow::id).toList();
        question.set("");
        tasks.call("delete recordings", () -> {
            ids.forEach(recordings::delete);
            return ids.size();
        }).onSuccess(count -> {
            refresh();
            inform.accept(Numbers.count(count, "recording") + " deleted.");
        }).onFailure(failure -> {
            refresh();
            fail(failure);
        }).start();
    }

    /// Writes the selected recording to one file, which an import reads.
    void exportTo(Path file) {
        Manifest manifest = single();
        if (manifest != null) {
            tasks.call("export recording", () -> recordings.exportTo(manifest.id(), file))
                    .onSuccess(_ -> inform.accept("Written to " + file + ".")).onFailure(this::fail).start();
        }
    }

    /// Adds the recording of an exported file.
    void importFrom(Path file) {
        problem.set("");
        tasks.call("import recording", () -> recordings.importFrom(file)).onSuccess(manifest -> {
            filter.clear();
            refresh();
            inform.accept("Imported: " + manifest.name() + ".");
        }).onFailure(this::fail).start();
    }

    /// Returns whether two recordings that can be opened are selected.
    boolean two() {
        return selected.get().size() == 2 && selected.get().stream().allMatch(HistoryRow::intact);
    }

    /// Lays the two selected recordings side by side, the older one as A.
    void compare() {
        if (two()) {
            List<Manifest> both = selected.get().stream().map(HistoryRow::entry)
                    .sorted(Comparator.comparing(RecordingEntry::at))
                    .map(entry -> ((RecordingEntry.Intact) entry).manifest()).toList();
            problem.set("");
            tasks.call("lay side by side", () -> SideBySide.of(recordings, both.getFirst(), both.getLast()))
                    .onSuccess(sideBySide::set).onFailure(this::fail).start();
        }
    }

    /// Returns the folder of the selected recording.
    String place(Manifest manifest) {
        return recordings.folder().resolve(manifest.id()).toString();
    }

    HistoryFilter filter() {
        return filter;
    }

    RecordingForm form() {
        return form;
    }

    /// Returns the recordings that the filter shows, newest first.
    ObservableList<HistoryRow> rows() {
        return rows;
    }

    /// Returns the selected rows.
    ReadOnlyObjectProperty<List<HistoryRow>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// Returns two recordings side by side; null when they were not asked for.
    ReadOnlyObjectProperty<@Nullable SideBySide> sideBySideProperty() {
        return sideBySide.getReadOnlyProperty();
    }

    /// Returns the state of the page.
    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns number and size of all recordings, and which are removed.
    ReadOnlyStringProperty retentionProperty() {
        return retention.getReadOnlyProperty();
    }

    /// Returns the problem of the last action; empty when there was none.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns the question before a deletion; empty when none is asked.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }
}
