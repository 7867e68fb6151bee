package dev.memfuse.console.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

/// Base of all pages: identity, content with its empty, loading, stale, degraded and error states, and activities that
/// run only while the page is visible. FX thread only.
public abstract class PageFrame implements Page {
    private final PageInfo info;
    private final StatePane pane = new StatePane();
    private final ObjectProperty<PageState> own = new SimpleObjectProperty<>(PageState.READY);
    private final ObjectProperty<@Nullable String> stale = new SimpleObjectProperty<>();
    private @Nullable DataAge age;
    private final List<Supplier<Subscription>> activities = new ArrayList<>();
    private Subscription running = Subscription.EMPTY;

    /// @param content the page in its ready state
    protected PageFrame(PageInfo info, Node content) {
        this.info = info;
        pane.setContent(content);
        pane.stateProperty().bind(Bindings.createObjectBinding(this::state, own, stale));
    }

    /// Binds the state of the page; a page without this call is always ready.
    protected final void bindState(ObservableValue<PageState> state) {
        own.bind(state);
    }

    /// Declares that the page shows live data. While it is visible and the data is older than three seconds, the page
    /// says so above its content.
    ///
    /// @param data its [DataAge#updated] is called with each update of the content
    protected final void showAge(DataAge data) {
        age = data;
    }

    private PageState state() {
        String sentence = stale.get();
        PageState now = own.get();
        return sentence == null ? now : switch (now) {
            case PageState.Ready _,PageState.Degraded _ -> new PageState.Stale(sentence);
            case PageState.Loading _,PageState.Empty _,PageState.Stale _,PageState.Failed _ -> now;
        };
    }

    @Override
    public final void tick() {
        stale.set(age == null ? null : age.stale());
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
        if (age != null) {
            age.updated();
        }
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
