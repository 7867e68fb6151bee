package dev.memfuse.console.shell;

import java.time.Duration;
import java.util.List;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import dev.memfuse.console.fx.ErrorSurface.Notification;
import dev.memfuse.console.fx.ErrorSurface.Severity;
import dev.memfuse.console.fx.FxDebouncer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the current one of [Notifications] above the page, which does not move. Good news leaves after a while, unless
/// the pointer or the focus is on it; a problem stays until it is dismissed. FX thread only.
final class NotificationBar {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

    private static final Duration GOOD_NEWS = Duration.ofSeconds(8);

    private final HBox bar;
    private final Notifications notifications;
    private final FxDebouncer leaving = new FxDebouncer(GOOD_NEWS, this::leave);
    private final FontIcon icon = new FontIcon(Icons.INFO);
    private final Label text = new Label();
    private final List<Button> help;

    NotificationBar(HBox bar, Notifications notifications, LogLink log) {
        this.bar = bar;
        this.notifications = notifications;
        text.setMaxWidth(Double.MAX_VALUE);
        text.setWrapText(true);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button dismiss = new Button("Dismiss");
        dismiss.setAccessibleText("Dismiss this notification");
        dismiss.getStyleClass().addAll("flat", "small");
        dismiss.setOnAction(_ -> notifications.dismiss());
        dismiss.setMinWidth(Region.USE_PREF_SIZE);
        Button copy = new Button("Copy details");
        copy.setOnAction(_ -> copy(notifications.currentProperty().get(), log));
        help = List.of(copy, log.openButton());
        help.forEach(button -> button.getStyleClass().addAll("flat", "small"));
        help.forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
        bar.getChildren().setAll(icon, text);
        bar.getChildren().addAll(help);
        bar.getChildren().add(dismiss);
        notifications.currentProperty().subscribe(this::show);
    }

    private void leave() {
        if (bar.isHover() || bar.isFocusWithin()) {
            leaving.request();
        } else {
            notifications.dismiss();
        }
    }

    private static void copy(@Nullable Notification notification, LogLink log) {
        if (notification != null) {
            log.copy(notification.sentence(), notification.detail());
        }
    }

    private void show(@Nullable Notification notification) {
        Visibility.set(bar, notification != null);
        leaving.cancel();
        if (notification != null) {
            text.setText(Sentences.shortened(notification.sentence()));
            text.setTooltip(
                    notification.detail().isEmpty() ? null : new Tooltip(Sentences.shortened(notification.detail())));
            boolean problem = notification.severity() != Severity.INFO;
            icon.setIconLiteral(problem ? Icons.WARNING : Icons.INFO);
            bar.pseudoClassStateChanged(PROBLEM, problem);
            help.forEach(button -> Visibility.set(button, problem));
            if (!problem) {
                leaving.request();
            }
        }
    }
}
