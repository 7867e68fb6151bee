package dev.memfuse.console.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.util.Subscription;

/// Base of all pages: identity, content with its empty, loading, stale, degraded and error states, and activities that
/// run only while the page is visible. FX thread only.
public abstract class PageFrame implements Page {
    private final PageInfo info;
    private final StatePane pane = new StatePane();
    private final List<Supplier<Subscription>> activities = new ArrayList<>();
    private Subscription running = Subscription.EMPTY;

    /// @param content the page in its ready state
    protected PageFrame(PageInfo info, Node content) {
        this.info = info;
        pane.setContent(content);
    }

    /// Binds the state of the page; a page without this call is always ready.
    protected final void bindState(ObservableValue<PageState> state) {
        pane.stateProperty().bind(state);
    }

    /// Adds an activity that is started each time the page becomes visible, in the order of these calls, and whose
    /// subscription is ended when the page is hidden.
    protected final void whileShown(Supplier<Subscription> activity) {
        activities.add(activity);
    }

    @Override
    public final PageInfo info() {
        return info;
    }

    @Override
    public final Node view() {
        return pane;
    }

    @Override
    public final void onShown() {
        running.unsubscribe();
        running = Subscription.combine(
                activities.stream().map(Supplier::get).toArray(Subscription[]::new));
    }

    @Override
    public final void onHidden() {
        running.unsubscribe();
        running = Subscription.EMPTY;
    }
}
