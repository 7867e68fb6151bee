package dev.memfuse.console.memory;

import java.util.List;
import java.util.Optional;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import org.jspecify.annotations.Nullable;

/// A list that is read page by page off the FX thread. The result of a reading that a newer one replaced has no effect.
/// FX thread only.
final class PagedList<T> {
    /// Number of items of a page.
    static final int PAGE = 200;

    private final TaskRunner tasks;
    private final String name;
    private final ObservableList<T> items = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private @Nullable Source<T> source;
    private int reading;

    /// Reads pages; may block.
    @FunctionalInterface
    interface Source<T> {
        /// @param after the last item of the page before; empty for the first page
        List<T> page(Optional<T> after, int limit);
    }

    /// @param name short description of the reading
    PagedList(TaskRunner tasks, String name) {
        this.tasks = tasks;
        this.name = name;
    }

    /// Reads the first page of a source, whose items then replace the present ones.
    void open(Source<T> from) {
        source = from;
        read(from, Optional.empty());
    }

    /// Reads the next page and adds it; has no effect while one is being read or when there is none.
    void readMore() {
        Source<T> from = source;
        if (from != null && more.get() && !loading.get()) {
            read(from, Optional.of(items.getLast()));
        }
    }

    /// Reads the first page again.
    void reload() {
        if (source != null) {
            open(source);
        }
    }

    /// Removes all items.
    void clear() {
        source = null;
        reading++;
        items.clear();
        more.set(false);
        loading.set(false);
        problem.set("");
    }

    private void read(Source<T> from, Optional<T> after) {
        int mine = ++reading;
        loading.set(true);
        problem.set("");
        tasks.call(name, () -> from.page(after, PAGE)).onSuccess(page -> {
            if (mine == reading) {
                if (after.isPresent()) {
                    items.addAll(page);
                } else {
                    items.setAll(page);
                }
                more.set(page.size() == PAGE);
                // Last: listeners read the items when the reading ends.
                loading.set(false);
            }
        }).onFailure(e -> {
            if (mine == reading) {
                problem.set(Sentences.of(e));
                loading.set(false);
            }
        }).start();
    }

    ObservableList<T> items() {
        return items;
    }

    ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /// Returns whether there may be another page.
    ReadOnlyBooleanProperty moreProperty() {
        return more.getReadOnlyProperty();
    }

    /// Returns why the newest reading failed; empty when it did not.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
