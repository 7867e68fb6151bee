package dev.memfuse.console.shell;

import java.util.List;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import dev.memfuse.console.fx.Icons;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the [Notifications] above the status bar.
final class NotificationBar {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

    private final HBox bar;
    private final FontIcon icon = new FontIcon(Icons.INFO);
    private final Label text = new Label();
    private final List<Button> help;

    NotificationBar(HBox bar, Notifications notices, LogLink log) {
        this.bar = bar;
        text.setMaxWidth(Double.MAX_VALUE);
        text.setWrapText(true);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button dismiss = new Button("Dismiss");
        dismiss.setAccessibleText("Dismiss this message");
        dismiss.getStyleClass().addAll("flat", "small");
        dismiss.setOnAction(_ -> notices.dismiss());
        Button copy = new Button("Copy details");
        copy.setOnAction(_ -> copy(notices.currentProperty().get(), log));
        help = List.of(copy, log.openButton());
        help.forEach(button -> button.getStyleClass().addAll("flat", "small"));
        help.forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
        dismiss.setMinWidth(Region.USE_PREF_SIZE);
        bar.getChildren().setAll(icon, text);
        bar.getChildren().addAll(help);
        bar.getChildren().add(dismiss);
        notices.currentProperty().subscribe(this::show);
    }

    private static void copy(Notifications.@Nullable Notice notice, LogLink log) {
        if (notice != null) {
            log.copy(notice.sentence(), notice.detail());
        }
    }

    private void show(Notifications.@Nullable Notice notice) {
        bar.setVisible(notice != null);
        bar.setManaged(notice != null);
        if (notice != null) {
            text.setText(notice.sentence());
            text.setTooltip(notice.detail().isEmpty() ? null : new Tooltip(notice.detail()));
            icon.setIconLiteral(notice.problem() ? Icons.WARNING : Icons.INFO);
            bar.pseudoClassStateChanged(PROBLEM, notice.problem());
            help.forEach(button -> {
                button.setVisible(notice.problem());
                button.setManaged(notice.problem());
            });
        }
    }
}
