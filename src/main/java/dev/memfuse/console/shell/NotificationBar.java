package dev.memfuse.console.shell;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import dev.memfuse.console.fx.Icons;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the [Notifications] above the status bar.
final class NotificationBar {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

    private final HBox bar;
    private final FontIcon icon = new FontIcon(Icons.INFO);
    private final Label text = new Label();

    NotificationBar(HBox bar, Notifications notices) {
        this.bar = bar;
        text.setMaxWidth(Double.MAX_VALUE);
        text.setWrapText(true);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button dismiss = new Button("Dismiss");
        dismiss.setAccessibleText("Dismiss this message");
        dismiss.getStyleClass().addAll("flat", "small");
        dismiss.setOnAction(_ -> notices.dismiss());
        bar.getChildren().setAll(icon, text, dismiss);
        notices.currentProperty().subscribe(this::show);
    }

    private void show(Notifications.@Nullable Notice notice) {
        bar.setVisible(notice != null);
        bar.setManaged(notice != null);
        if (notice != null) {
            text.setText(notice.sentence());
            text.setTooltip(notice.detail().isEmpty() ? null : new Tooltip(notice.detail()));
            icon.setIconLiteral(notice.problem() ? Icons.WARNING : Icons.INFO);
            bar.pseudoClassStateChanged(PROBLEM, notice.problem());
        }
    }
}
