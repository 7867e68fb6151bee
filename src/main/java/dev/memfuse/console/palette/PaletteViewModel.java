package dev.memfuse.console.palette;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Remembered;

/// View model of the command palette: the typed text, the rows that match it, and the selected one. FX thread only.
public final class PaletteViewModel {
    private static final int MAX_ROWS = 60;
    private static final int RECENT_BONUS = 5;
    private static final int DISABLED_MALUS = 20;

    private final List<PaletteSource> sources;
    private final RecentItems recent;
    private final Map<Integer, List<PaletteItem>> bySource = new LinkedHashMap<>();
    /// Rows that were searched for the query.
    private final Map<Integer, List<PaletteItem>> searched = new LinkedHashMap<>();
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<PaletteItem> rows = FXCollections.observableArrayList();
    private final IntegerProperty selected = new SimpleIntegerProperty(-1);
    private final ReadOnlyStringWrapper emptyText = new ReadOnlyStringWrapper("");
    private int reads;
    /// Whether the selection was moved since the query changed.
    private boolean touched;

    /// @param sources origins of the rows, in the order in which rows of the same rank are shown
    public PaletteViewModel(List<PaletteSource> sources, Remembered remembered) {
        this.sources = List.copyOf(sources);
        recent = new RecentItems(remembered);
        query.subscribe(_ -> {
            touched = false;
            filter();
            search();
        });
        shown.subscribe(now -> {
            if (now) {
                open();
            }
        });
    }

    private void open() {
        reads++;
        int read = reads;
        bySource.clear();
        searched.clear();
        touched = false;
        query.set("");
        for (int index = 0; index < sources.size(); index++) {
            int number = index;
            bySource.put(number, List.of());
            sources.get(index).read(found -> {
                if (read == reads) {
                    bySource.put(number, List.copyOf(found));
                    filter();
                }
            });
        }
        filter();
    }

    private void search() {
        String typed = query.get().strip();
        if (typed.isEmpty()) {
            searched.clear();
            return;
        }
        int read = reads;
        for (int index = 0; index < sources.size(); index++) {
            int number = index;
            sources.get(index).search(typed, found -> {
                if (read == reads && shown.get() && typed.equals(query.get().strip())) {
                    searched.put(number, List.copyOf(found));
                    filter();
                }
            });
        }
    }

    private void filter() {
        String kept = selectedId();
        FuzzyMatch match = new FuzzyMatch(query.get());
        List<PaletteItem> all = Stream.concat(bySource.values().stream(), searched.values().stream())
                .flatMap(List::stream).toList();
        List<PaletteItem> found = match.isEmpty() ? recentFirst(all) : matching(all, match);
        rows.setAll(found.subList(0, Math.min(MAX_ROWS, found.size())));
        // Rows that arrive later must not move the selection away from what a person is about to open.
        int before = rows.stream().map(PaletteItem::id).toList().indexOf(kept);
        selected.set(rows.isEmpty() ? -1 : Math.max(before, 0));
        emptyText.set(!rows.isEmpty()
                ? ""
                : match.isEmpty()
                        ? "Reading what can be opened."
                        : "Nothing matches “" + query.get().strip()
                                + "”. Try a page, an action, a setting such as pool size, a recording, a user or a "
                                + "session.");
    }

    private String selectedId() {
        int now = selected.get();
        return touched && now >= 0 && now < rows.size() ? rows.get(now).id() : "";
    }

    private List<PaletteItem> recentFirst(List<PaletteItem> all) {
        List<String> ids = recent.ids();
        List<PaletteItem> ordered = new ArrayList<>();
        for (String id : ids) {
            all.stream().filter(item -> item.id().equals(id)).findFirst().ifPresent(ordered::add);
        }
        all.stream().filter(item -> !ids.contains(item.id())).forEach(ordered::add);
        return ordered;
    }

    private List<PaletteItem> matching(List<PaletteItem> all, FuzzyMatch match) {
        List<String> ids = recent.ids();
        record Ranked(PaletteItem item, int score) {}
        return all.stream().flatMap(item -> match.score(item).stream().mapToObj(score -> new Ranked(item,
                score + (ids.contains(item.id()) ? RECENT_BONUS : 0)
                        - (item.enabled().getAsBoolean() ? 0 : DISABLED_MALUS))))
                .sorted(Comparator.comparingInt(Ranked::score).reversed()).map(Ranked::item).toList();
    }

    /// Moves the selection by a number of rows; past an end it goes on at the other one.
    public void move(int by) {
        if (!rows.isEmpty()) {
            touched = true;
            selected.set(Math.floorMod(selected.get() + by, rows.size()));
        }
    }

    /// Closes the palette and opens the selected row. Does nothing without one, or when it cannot run now.
    public void run() {
        int index = selected.get();
        if (index < 0 || index >= rows.size() || !rows.get(index).enabled().getAsBoolean()) {
            return;
        }
        PaletteItem item = rows.get(index);
        recent.opened(item.id());
        shown.set(false);
        item.run().run();
    }

    /// Returns whether the palette is open; setting it opens or closes it.
    public BooleanProperty shownProperty() {
        return shown;
    }

    /// Returns the typed text.
    public StringProperty queryProperty() {
        return query;
    }

    /// Returns the rows that match, best first; without a query the recent ones first.
    public ObservableList<PaletteItem> rows() {
        return rows;
    }

    /// Returns the index of the selected row; -1 without rows.
    public IntegerProperty selectedProperty() {
        return selected;
    }

    /// Returns the text in the place of the rows; empty while there are rows.
    public ReadOnlyStringProperty emptyTextProperty() {
        return emptyText.getReadOnlyProperty();
    }
}
