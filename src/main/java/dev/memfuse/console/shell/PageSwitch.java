package dev.memfuse.console.shell;

import java.util.List;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.console.fx.Page;

/// Holds the open page and calls [Page#onShown] and [Page#onHidden], from [#begin] on. FX thread only.
public final class PageSwitch implements AutoCloseable {
    private final List<Page> pages;
    private final ReadOnlyObjectWrapper<Page> current;
    private boolean begun;

    /// Chooses the first page.
    public PageSwitch(List<? extends Page> pages) {
        this.pages = List.copyOf(pages);
        this.current = new ReadOnlyObjectWrapper<>(this.pages.getFirst());
    }

    /// Opens the chosen page. Until then a choice only changes the header and the navigation, so that the window can be
    /// drawn before any page exists. A second call has no effect.
    public void begin() {
        if (!begun) {
            begun = true;
            current.get().onShown();
        }
    }

    /// Returns all pages, in the order of the navigation.
    public List<Page> pages() {
        return pages;
    }

    /// Returns the open page.
    public ReadOnlyObjectProperty<Page> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /// Opens a page. An unknown id changes nothing, because a saved page may no longer exist.
    public void show(String id) {
        if (current.get().id().equals(id)) {
            return;
        }
        pages.stream().filter(candidate -> candidate.id().equals(id)).findFirst().ifPresent(page -> {
            if (begun) {
                current.get().onHidden();
            }
            current.set(page);
            if (begun) {
                page.onShown();
            }
        });
    }

    /// Hides the open page.
    @Override
    public void close() {
        if (begun) {
            current.get().onHidden();
        }
    }
}
