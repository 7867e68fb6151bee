package dev.memfuse.console.fx;

import javafx.beans.DefaultProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

import dev.memfuse.engine.exception.ReadOnlyException;
import org.jspecify.annotations.Nullable;

/// Holds a control that changes the database. While the database is open read-only the control is disabled, whatever
/// else disables it, and its tooltip has the reason. The state is that of the window, see [#install]; without one the
/// control is as without its guard. FX thread only.
@DefaultProperty("content")
public final class WriteGuard extends StackPane {
    private static final Object KEY = WriteGuard.class;

    /// A disabled node gets no mouse events, so that its tooltip would never appear: that of the guard does.
    private final StackPane holder = new StackPane();
    private final Tooltip reason = new Tooltip(ReadOnlyException.SENTENCE);
    private final ObjectProperty<@Nullable Node> content = new SimpleObjectProperty<>();
    private Subscription following = Subscription.EMPTY;

    /// Creates a guard without a control, for FXML.
    public WriteGuard() {
        getStyleClass().add("write-guard");
        setAlignment(Pos.CENTER_LEFT);
        holder.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(holder);
        reason.setWrapText(true);
        reason.setMaxWidth(460);
        sceneProperty().subscribe(this::follow);
    }

    /// Creates the guard of a control.
    public WriteGuard(Node control) {
        this();
        setContent(control);
    }

    /// Tells the guards of a window whether its database is open read-only.
    ///
    /// @param root root of the scene, before it is in one
    public static void install(Parent root, ObservableValue<Boolean> readOnly) {
        root.getProperties().put(KEY, readOnly);
    }

    private void follow(@Nullable Scene scene) {
        following.unsubscribe();
        Object state = scene == null ? null : scene.getRoot().getProperties().get(KEY);
        following = state instanceof ObservableValue<?> readOnly
                ? readOnly.subscribe(now -> guard(Boolean.TRUE.equals(now)))
                : Subscription.EMPTY;
    }

    private void guard(boolean readOnly) {
        holder.setDisable(readOnly);
        Node control = content.get();
        if (readOnly) {
            Tooltip.install(this, reason);
        } else {
            Tooltip.uninstall(this, reason);
        }
        if (control != null && readOnly) {
            control.setAccessibleHelp(ReadOnlyException.SENTENCE);
        } else if (control != null && ReadOnlyException.SENTENCE.equals(control.getAccessibleHelp())) {
            control.setAccessibleHelp(null);
        }
    }

    @Override
    protected double computeMaxWidth(double height) {
        Node control = content.get();
        return control == null ? super.computeMaxWidth(height) : control.maxWidth(height);
    }

    @Override
    protected double computeMaxHeight(double width) {
        Node control = content.get();
        return control == null ? super.computeMaxHeight(width) : control.maxHeight(width);
    }

    /// Sets the control. The guard takes its place in the layout, with its constraints, and is visible with it.
    public void setContent(@Nullable Node control) {
        content.set(control);
        visibleProperty().unbind();
        managedProperty().unbind();
        if (control == null) {
            holder.getChildren().clear();
            return;
        }
        getProperties().putAll(control.getProperties());
        visibleProperty().bind(control.visibleProperty());
        managedProperty().bind(control.managedProperty());
        holder.getChildren().setAll(control);
    }

    /// Returns the control.
    public @Nullable Node getContent() {
        return content.get();
    }
}
