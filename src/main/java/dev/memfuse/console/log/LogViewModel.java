package dev.memfuse.console.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.FileOpener;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.log.LogEntry;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.LogReader;
import org.jspecify.annotations.Nullable;

/// State of the Log page: a bounded part of the log file, filtered and searched. The part is either the growing end of
/// the file or the fixed surroundings of a moment. Tasks read the files, one at a time. FX thread only.
public final class LogViewModel {
    /// Maximum number of loaded entries; the oldest are dropped.
    static final int MOST_ENTRIES = 20_000;
    /// Number of entries on each side of a moment that is older than the loaded entries.
    static final int AROUND_MOMENT = 2_000;

    private final LogLocation location;
    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final Consumer<String> warn;
    private final FileOpener opener;
    private final Clock clock;
    private final @Nullable LogReader reader;
    private final ObservableList<LogEntry> entries = FXCollections.observableArrayList();
    private final FilteredList<LogEntry> shown = new FilteredList<>(entries);
    private final ObservableList<String> components = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(
            new PageState.Loading("Reading the log", -1));
    private final ReadOnlyStringWrapper part = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper counts = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper matches = new ReadOnlyStringWrapper("");
    private final BooleanProperty follow = new SimpleBooleanProperty(true);
    private final ObjectProperty<LogLevel> level = new SimpleObjectProperty<>(LogLevel.TRACE);
    private final StringProperty component = new SimpleStringProperty("");
    private final StringProperty search = new SimpleStringProperty("");
    private LogSearch finder = LogSearch.NOTHING;
    private IntConsumer reveal = _ -> {};
    private int matchAt = -1;
    private boolean reading;
    private boolean loaded;
    private boolean outdated;
    private @Nullable Instant wanted;
    private @Nullable Instant staleSince;

    /// @param opener opens the file with the desktop
    /// @param clock source of the time of the page's own notes
    LogViewModel(LogLocation location, PageTools tools, FileOpener opener, Clock clock) {
        this.location = location;
        this.tasks = tools.tasks();
        this.inform = tools.inform();
        this.warn = tools.warn();
        this.opener = opener;
        this.clock = clock;
        reader = location.file().map(LogReader::new).orElse(null);
        level.subscribe(this::filter);
        component.subscribe(this::filter);
        search.subscribe(this::find);
        follow.subscribe(this::followChanged);
        if (reader == null) {
            state.set(new PageState.Failed("This process has no log file", location.problem(), "", null));
        }
    }

    private void filter() {
        shown.setPredicate(new LogFilter(level.get(), component.get()));
        matchAt = -1;
        show();
        if (follow.get()) {
            revealLast();
        }
    }

    private void find(String text) {
        finder = new LogSearch(text.strip());
        matchAt = -1;
        showMatches();
    }

    private void followChanged(boolean on) {
        if (on && !part.get().isEmpty()) {
            part.set("");
            outdated = true;
            tick();
        } else if (on) {
            revealLast();
        }
    }

    /// Called when the page becomes visible. Reads the end again when the page follows it: more lines may have been
    /// written than one step reads.
    void shown() {
        outdated = follow.get();
        tick();
    }

    /// Reads added lines; called periodically while the page is visible.
    void tick() {
        LogReader open = reader;
        if (open == null || reading || !part.get().isEmpty()) {
            return;
        }
        if (!follow.get() && entries.size() >= MOST_ENTRIES) {
            // The list must not move while the user reads it.
            state.set(new PageState.Stale("The list is full and stands still. Follow reads on."));
            return;
        }
        reading = true;
        boolean anew = outdated || !loaded;
        tasks.call("read log", () -> anew ? open.tail() : open.next()).onSuccess(read -> {
            reading = false;
            outdated = false;
            take(read, anew);
        }).onFailure(this::failed).start();
    }

    private void take(List<LogEntry> read, boolean anew) {
        loaded = true;
        staleSince = null;
        if (anew) {
            replace(read);
        } else if (!read.isEmpty()) {
            int surplus = Math.clamp((long) entries.size() + read.size() - MOST_ENTRIES, 0, entries.size());
            if (surplus > 0) {
                entries.remove(0, surplus);
                matchAt = -1;
            }
            entries.addAll(read);
            show();
        } else {
            showState();
        }
        Instant moment = wanted;
        if (moment != null) {
            wanted = null;
            showMoment(moment);
        } else if (follow.get() && (anew || !read.isEmpty())) {
            revealLast();
        }
    }

    private void replace(List<LogEntry> read) {
        entries.setAll(read.subList(Math.max(0, read.size() - MOST_ENTRIES), read.size()));
        matchAt = -1;
        show();
    }

    private void failed(Throwable cause) {
        reading = false;
        String why = reason(cause);
        if (!loaded) {
            state.set(new PageState.Failed("The log cannot be read",
                    path() + ": " + why + ". The page keeps trying.", cause.toString(), null));
            return;
        }
        Instant since = staleSince == null ? clock.instant() : staleSince;
        staleSince = since;
        state.set(new PageState.Stale("Not read since " + Formats.timeOfDay(since) + ": " + why + "."));
    }

    private void showState() {
        if (loaded && staleSince == null) {
            state.set(entries.isEmpty()
                    ? new PageState.Empty(Icons.LOG, "No entry yet",
                            "Starts, stops, changes of settings and failures appear here.")
                    : PageState.READY);
        }
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "the file does not exist";
            case AccessDeniedException _ -> "this account may not read it";
            default -> cause.getClass().getSimpleName() + ", " + cause.getMessage();
        };
    }

    private void show() {
        TreeSet<String> names = entries.stream().map(LogEntry::component).filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!List.copyOf(names).equals(components)) {
            components.setAll(names);
        }
        showState();
        counts.set(Formats.count(shown.size()) + " of " + Formats.count(entries.size()) + " entries");
        showMatches();
    }

    private void showMatches() {
        if (finder.isEmpty()) {
            matches.set("");
            return;
        }
        int count = finder.count(shown);
        matches.set(count == 0
                ? "No match"
                : (matchAt < 0 ? "" : Formats.count(finder.number(shown, matchAt)) + " of ") + Formats.count(count)
                        + (matchAt < 0 && count == 1 ? " match" : matchAt < 0 ? " matches" : ""));
    }

    private void revealLast() {
        if (!shown.isEmpty()) {
            reveal.accept(shown.size() - 1);
        }
    }

    /// Shows the next match below or above a row; wraps around at either end.
    ///
    /// @param from index of the selected row; -1 when there is none
    void searchFrom(int from, Direction direction) {
        int found = direction == Direction.NEXT ? finder.next(shown, from) : finder.previous(shown, from);
        matchAt = found;
        showMatches();
        if (found >= 0) {
            follow.set(false);
            reveal.accept(found);
        }
    }

    /// Direction of a search.
    enum Direction {
        NEXT,
        PREVIOUS
    }

    /// Shows the entries around a moment and stops following. A moment that is older than the loaded entries
    /// replaces them by that part of the log until the user follows the end again.
    public void showMoment(Instant moment) {
        follow.set(false);
        if (reader == null) {
            return;
        }
        if (!loaded || (reading && outdated)) {
            wanted = moment;
            tick();
        } else if (!entries.isEmpty() && !moment.isBefore(entries.getFirst().at())) {
            revealMoment(moment);
        } else {
            load(reader, moment);
        }
    }

    private void load(LogReader open, Instant moment) {
        tasks.call("read log at a moment", () -> open.around(moment, AROUND_MOMENT)).onSuccess(read -> {
            part.set("Older part of the log, around " + Formats.timeOfDay(moment) + ".");
            staleSince = null;
            replace(read);
            revealMoment(moment);
        }).onFailure(this::failed).start();
    }

    private void revealMoment(Instant moment) {
        int at = shown.size() - 1;
        while (at > 0 && shown.get(at).at().isAfter(moment)) {
            at--;
        }
        if (at >= 0) {
            reveal.accept(at);
        }
    }

    /// Clears the filter.
    void clearFilter() {
        level.set(LogLevel.TRACE);
        component.set("");
    }

    /// Opens the file with the program of the desktop, or shows its path.
    void openFile() {
        location.file().ifPresent(file -> tasks.call("open log", () -> opener.open(file)).onSuccess(opened -> {
            if (!opened) {
                inform.accept("There is no desktop to open it with. The log is " + file);
            }
        }).onFailure(e -> warn.accept("The log " + file + " could not be opened. " + Sentences.of(e))).start());
    }

    /// Returns entries as they stand in the file.
    static String text(List<LogEntry> some) {
        return some.stream().map(LogEntry::asText).collect(Collectors.joining("\n"));
    }

    /// Returns whether the search matches the entry.
    boolean matches(LogEntry entry) {
        return finder.matches(entry);
    }

    /// Calls `row` with the index of a row that must become visible and selected.
    void onReveal(IntConsumer row) {
        reveal = row;
    }

    /// Returns the path of the file; empty without a file.
    String path() {
        return location.file().map(Path::toString).orElse("");
    }

    /// Returns the entries that pass the filter, oldest first.
    ObservableList<LogEntry> entries() {
        return shown;
    }

    /// Returns the names of the loaded components, sorted.
    ObservableList<String> components() {
        return components;
    }

    /// Returns the state of the page. A filter that hides every entry does not change it.
    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns a description of the shown part; empty for the end of the log.
    ReadOnlyStringProperty partProperty() {
        return part.getReadOnlyProperty();
    }

    /// Returns the number of shown and of loaded entries, as text.
    ReadOnlyStringProperty countsProperty() {
        return counts.getReadOnlyProperty();
    }

    /// Returns the number of matches and the current one, as text; empty without a search.
    ReadOnlyStringProperty matchesProperty() {
        return matches.getReadOnlyProperty();
    }

    /// Returns whether the newest entry stays visible.
    BooleanProperty followProperty() {
        return follow;
    }

    /// Returns the lowest severity that is shown.
    ObjectProperty<LogLevel> levelProperty() {
        return level;
    }

    /// Returns the component that is shown; empty for all.
    StringProperty componentProperty() {
        return component;
    }

    /// Returns the search text.
    StringProperty searchProperty() {
        return search;
    }

    /// Closes the file; later reads do nothing.
    void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
