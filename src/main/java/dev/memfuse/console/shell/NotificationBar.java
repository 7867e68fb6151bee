package dev.memfuse.console.shell;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import dev.memfuse.console.fx.ErrorSurface.Notification;
import dev.memfuse.console.fx.ErrorSurface.Severity;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the current one of [Notifications] above the status bar. FX thread only.
final class NotificationBar {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

    private final HBox bar;
    private final FontIcon icon = new FontIcon(Icons.INFO);
    private final Label text = new Label();

    NotificationBar(HBox bar, Notifications notifications) {
        this.bar = bar;
        text.setMaxWidth(Double.MAX_VALUE);
        text.setWrapText(true);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button dismiss = new Button("Dismiss");
        dismiss.setAccessibleText("Dismiss this notification");
        dismiss.getStyleClass().addAll("flat", "small");
        dismiss.setOnAction(_ -> notifications.dismiss());
        bar.getChildren().setAll(icon, text, dismiss);
        notifications.currentProperty().subscribe(this::show);
    }

    private void show(@Nullable Notification notification) {
        Visibility.set(bar, notification != null);
        if (notification != null) {
            text.setText(notification.sentence());
            text.setTooltip(notification.detail().isEmpty() ? null : new Tooltip(notification.detail()));
            boolean problem = notification.severity() != Severity.INFO;
            icon.setIconLiteral(problem ? Icons.WARNING : Icons.INFO);
            bar.pseudoClassStateChanged(PROBLEM, problem);
        }
    }
}
