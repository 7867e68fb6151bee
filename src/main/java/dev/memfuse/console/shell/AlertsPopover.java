package dev.memfuse.console.shell;

import java.util.List;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.Popover;
import dev.memfuse.console.action.ActionKeys;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.metrics.alert.Alert;

/// Popover with the alerts since start, above the status bar.
final class AlertsPopover {
    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");
    /// Maximum number of alerts in the list; the Live page marks each alert on its time axis.
    private static final int MAX_ALERTS = 50;

    private AlertsPopover() {}

    static void show(Node owner, List<Alert> alerts) {
        Popover popover = new Popover(content(alerts));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_RIGHT);
        popover.setDetachable(false);
        popover.show(owner);
        ActionKeys.passOn(popover, owner.getScene());
    }

    static Node content(List<Alert> alerts) {
        VBox list = new VBox();
        list.getStyleClass().add("alert-list");
        Label title = new Label("Alerts since start");
        title.getStyleClass().add("section-title");
        list.getChildren().add(title);
        if (alerts.isEmpty()) {
            StatePane empty = new StatePane();
            empty.stateProperty().set(new PageState.Empty(Icons.ALERTS, "No alerts",
                    "No limit was exceeded. Set the limits on the Flags page, under Monitoring."));
            list.getChildren().add(empty);
        }
        alerts.stream().limit(MAX_ALERTS).map(AlertsPopover::row).forEach(list.getChildren()::add);
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("alert-scroll");
        return scroll;
    }

    private static Node row(Alert alert) {
        Label text = new Label(alert.text());
        text.setWrapText(true);
        text.getStyleClass().add("alert-text");
        text.pseudoClassStateChanged(ACTIVE, alert.active());
        Label time = new Label("since " + Formats.timeOfDay(alert.since())
                + (alert.until() == null ? "" : ", ended " + Formats.timeOfDay(alert.until())));
        time.getStyleClass().add("hint");
        return new VBox(text, time);
    }
}
