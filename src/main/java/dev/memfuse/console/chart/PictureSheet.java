package dev.memfuse.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.EventMark;

/// A picture of charts that explains itself: title, span of time, the charts at double size, the legend of the marks
/// and the marks of the span with their times. FX thread only.
public final class PictureSheet {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm:ss VV", Locale.ROOT);
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final int MOST_MARKS = 24;

    private final String title;
    private final Span span;
    private final List<MarkGroup> marks;

    /// @param marks of which those in the span are listed
    public PictureSheet(String title, Span span, List<EventMark> marks) {
        this.title = title;
        this.span = span;
        this.marks = MarkGroup.of(marks, Duration.ofSeconds(10), Instant.ofEpochMilli(span.to())).stream()
                .filter(mark -> mark.touches(span)).toList();
    }

    /// Takes the picture.
    ///
    /// @param charts in a window that is showing
    public ChartPicture take(Node charts) {
        WritableImage image = ChartPicture.snapshot(charts);
        ImageView view = new ImageView(image);
        view.setFitWidth(image.getWidth() / ChartPicture.SCALE);
        view.setFitHeight(image.getHeight() / ChartPicture.SCALE);
        VBox sheet = new VBox(styled(title, "page-title"), styled(time(), "picture-time"), view, new MarkLegend(),
                list());
        sheet.getStyleClass().addAll("shell", "picture-sheet");
        Scene scene = new Scene(sheet);
        scene.getStylesheets().setAll(charts.getScene().getStylesheets());
        sheet.pseudoClassStateChanged(DARK, charts.getScene().getRoot().getPseudoClassStates().contains(DARK));
        sheet.applyCss();
        sheet.layout();
        return ChartPicture.of(sheet);
    }

    private String time() {
        ZoneId zone = ZoneId.systemDefault();
        return MOMENT.format(Instant.ofEpochMilli(span.from()).atZone(zone)) + " to "
                + END.format(Instant.ofEpochMilli(span.to()).atZone(zone));
    }

    private Node list() {
        List<Node> lines = new ArrayList<>();
        List<MarkGroup> listed = MarkGroup.newest(marks, MOST_MARKS);
        int left = marks.size() - listed.size();
        for (MarkGroup mark : listed) {
            Label line = styled(Formats.timeOfDay(mark.from()) + "  " + mark.described(), "mark-legend-item");
            line.setGraphic(MarkLegend.flag(mark.kind()));
            lines.add(line);
        }
        if (left > 0) {
            lines.addFirst(styled(left + " other marks are left out", "mark-legend-item"));
        }
        return new VBox(2, lines.toArray(Node[]::new));
    }

    private static Label styled(String text, String styleClass) {
        Label label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
