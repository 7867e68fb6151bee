package dev.memfuse.console.flags;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Visibility;

/// One entry of the list of changes. It grows with its run, so that the focus stays where it is. FX thread only.
final class ChangeEntryView extends VBox {
    private final Consumer<Instant> showMoment;
    private final Label title = new Label();
    private final VBox courses = new VBox();
    private final ToggleButton each = new ToggleButton("Each change");
    private final VBox details = new VBox();
    private List<Tunables.Change> changes = List.of();

    /// @param showMoment shows a moment on the charts
    ChangeEntryView(Tunables.Change first, Consumer<Instant> showMoment) {
        this.showMoment = showMoment;
        getStyleClass().add("change-entry");
        title.setWrapText(true);
        title.getStyleClass().add("change-head");
        courses.getStyleClass().add("change-courses");
        each.getStyleClass().add("small");
        each.setMinWidth(Region.USE_PREF_SIZE);
        each.setAccessibleText("Show each change of this entry with its moment");
        details.getStyleClass().add("change-details");
        Visibility.bind(details, each.selectedProperty());
        each.selectedProperty().subscribe(_ -> fillDetails());
        getChildren().addAll(line(moment(first.at()), title), courses, each, details);
    }

    private static HBox line(Node... parts) {
        HBox line = new HBox(parts);
        line.getStyleClass().add("change-line");
        return line;
    }

    private Hyperlink moment(Instant at) {
        String time = Formats.timeOfDay(at);
        Hyperlink moment = new Hyperlink(time);
        moment.getStyleClass().add("change-moment");
        moment.setMinWidth(Region.USE_PREF_SIZE);
        moment.setAccessibleText("Show the charts at " + time);
        moment.setTooltip(new Tooltip("Show the charts at this moment"));
        moment.setOnAction(_ -> showMoment.accept(at));
        return moment;
    }

    /// Shows the entry, which may have more changes than before.
    void show(ChangeEntry entry) {
        if (entry.changes().size() == changes.size()) {
            return;
        }
        changes = entry.changes();
        title.setText(entry.title());
        courses.getChildren().setAll(entry.courses().stream()
                .map(course -> DiffLines.of(course.path(), course.values())).toList());
        Visibility.set(each, entry.several());
        fillDetails();
    }

    private void fillDetails() {
        if (!each.isSelected()) {
            return;
        }
        for (Tunables.Change change : changes.subList(details.getChildren().size(), changes.size())) {
            Label cause = new Label(change.cause());
            cause.setWrapText(true);
            cause.getStyleClass().add("hint");
            VBox detail = new VBox(line(moment(change.at()), cause));
            detail.getChildren().addAll(DiffLines.of(change.keys()));
            details.getChildren().add(detail);
        }
    }
}
