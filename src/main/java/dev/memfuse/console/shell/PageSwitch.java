package dev.memfuse.console.shell;

import java.util.List;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.console.fx.Page;

/// Which page is open: tells a page when it becomes visible and when it no longer is. Used on the FX thread.
public final class PageSwitch implements AutoCloseable {
    private final List<Page> pages;
    private final ReadOnlyObjectWrapper<Page> current;

    /// Opens the first of `pages`.
    public PageSwitch(List<Page> pages) {
        this.pages = List.copyOf(pages);
        this.current = new ReadOnlyObjectWrapper<>(this.pages.getFirst());
        current.get().onShown();
    }

    /// All pages, in the order of the navigation.
    public List<Page> pages() {
        return pages;
    }

    /// The page that is open.
    public ReadOnlyObjectProperty<Page> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /// Opens a page; an unknown id changes nothing, because a remembered page may be gone.
    public void show(String id) {
        if (current.get().id().equals(id)) {
            return;
        }
        pages.stream().filter(candidate -> candidate.id().equals(id)).findFirst().ifPresent(page -> {
            current.get().onHidden();
            current.set(page);
            page.onShown();
        });
    }

    /// Hides the open page for good.
    @Override
    public void close() {
        current.get().onHidden();
    }
}
