package dev.memfuse.console.fx;

import java.util.List;

import javafx.beans.DefaultProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows a [PageState]: the content, or in its place an empty, loading or error state. FX thread only.
///
/// Replaced content stays in the scene graph, so that its scroll position and typed values survive.
@DefaultProperty("content")
public final class StatePane extends VBox {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final ObjectProperty<PageState> state = new SimpleObjectProperty<>(this, "state", PageState.READY);
    private final ObjectProperty<@Nullable Node> content = new SimpleObjectProperty<>(this, "content");
    private final Label notice = new Label();
    private final VBox substitute = new VBox();
    private final StackPane holder = new StackPane();

    public StatePane() {
        getStyleClass().add("state-pane");
        notice.getStyleClass().add("state-notice");
        notice.setWrapText(true);
        notice.setMaxWidth(Double.MAX_VALUE);
        substitute.getStyleClass().add("empty-state");
        substitute.setAlignment(Pos.CENTER);
        holder.getStyleClass().add("state-content");
        holder.setAlignment(Pos.TOP_LEFT);
        setVgrow(holder, Priority.ALWAYS);
        getChildren().setAll(notice, holder);
        content.subscribe(_ -> show(state.get()));
        state.subscribe(this::show);
    }

    private void show(PageState now) {
        Node node = content.get();
        Node replacing = replacement(now);
        if (replacing == null) {
            holder.getChildren().remove(substitute);
        } else {
            substitute.getChildren().setAll(replacing);
        }
        holder.getChildren().setAll(node == null ? List.of() : List.of(node));
        if (node != null) {
            Visibility.set(node, replacing == null);
        }
        if (replacing != null) {
            holder.getChildren().add(substitute);
        }
        substitute.pseudoClassStateChanged(FAILED, now instanceof PageState.Failed);
        notice.setText(switch (now) {
            case PageState.Stale(String since) -> since;
            case PageState.Degraded(String missing) -> missing;
            case PageState.Ready _,PageState.Loading _,PageState.Empty _,PageState.Failed _ -> "";
        });
        notice.setGraphic(new FontIcon(now instanceof PageState.Stale ? Icons.HISTORY : Icons.WARNING));
        Visibility.set(notice, !notice.getText().isEmpty());
    }

    private static @Nullable Node replacement(PageState state) {
        return switch (state) {
            case PageState.Ready _,PageState.Stale _,PageState.Degraded _ -> null;
            case PageState.Loading(String step, double progress) -> loading(step, progress);
            case PageState.Empty(String icon, String title, String hint, PageState.Action action) ->
                lines(icon, title, hint, action == null ? null : button(action, "accent"));
            case PageState.Failed failed -> failed(failed);
        };
    }

    private static Node loading(String step, double progress) {
        ProgressBar bar = new ProgressBar(progress < 0 ? ProgressBar.INDETERMINATE_PROGRESS : progress);
        bar.setAccessibleText(step);
        return column(new Label(step), bar);
    }

    private static Node failed(PageState.Failed failed) {
        HBox buttons = new HBox();
        buttons.getStyleClass().add("tool-row");
        buttons.setAlignment(Pos.CENTER);
        if (failed.retry() != null) {
            buttons.getChildren().add(button(failed.retry(), "accent"));
        }
        if (!failed.details().isEmpty()) {
            buttons.getChildren()
                    .add(button(new PageState.Action("Copy details", () -> TextClipboard.copy(failed.details())), ""));
        }
        return lines(Icons.ERROR, failed.problem(), failed.advice(), buttons);
    }

    private static Node lines(String icon, String title, String hint, @Nullable Node below) {
        Label heading = new Label(Sentences.shortened(title));
        heading.getStyleClass().add("empty-title");
        heading.setWrapText(true);
        Label explanation = new Label(Sentences.shortened(hint));
        explanation.getStyleClass().add("hint");
        explanation.setWrapText(true);
        VBox column = column(new FontIcon(icon), heading);
        if (!hint.isEmpty()) {
            column.getChildren().add(explanation);
        }
        if (below != null) {
            column.getChildren().add(below);
        }
        return column;
    }

    private static VBox column(Node... nodes) {
        VBox column = new VBox(nodes);
        column.getStyleClass().add("empty-lines");
        column.setAlignment(Pos.CENTER);
        return column;
    }

    private static Button button(PageState.Action action, String styleClass) {
        Button button = new Button(action.label());
        button.setId("state-action");
        if (!styleClass.isEmpty()) {
            button.getStyleClass().add(styleClass);
        }
        action.possible().subscribe(possible -> button.setDisable(!possible));
        button.setOnAction(_ -> action.run().run());
        return button;
    }

    /// Returns the state of this pane; initially [PageState#READY].
    public ObjectProperty<PageState> stateProperty() {
        return state;
    }

    /// Sets the node that is visible while the state is ready, stale or degraded.
    public void setContent(@Nullable Node node) {
        content.set(node);
    }

    /// Returns the node that is visible while the state is ready, stale or degraded.
    public @Nullable Node getContent() {
        return content.get();
    }
}
