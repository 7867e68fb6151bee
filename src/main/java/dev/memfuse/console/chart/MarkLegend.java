package dev.memfuse.console.chart;

import java.util.List;
import java.util.Locale;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;

import dev.memfuse.metrics.EventMark;

/// Explains the colours of the marks over charts, on one line. FX thread only.
public final class MarkLegend extends HBox {
    /// Height of the flag of a note in pixels.
    static final double NOTE_HEIGHT = 7;

    private record Item(EventMark.Kind kind, String meaning) {}

    private static final List<Item> ITEMS = List.of(new Item(EventMark.Kind.CHANGE, "setting changed"),
            new Item(EventMark.Kind.LOAD, "load"), new Item(EventMark.Kind.ALERT, "alert"),
            new Item(EventMark.Kind.ENGINE, "engine or database"), new Item(EventMark.Kind.FAULT, "fault"),
            new Item(EventMark.Kind.ALERT_END, "ended"), new Item(EventMark.Kind.NOTE, "note"));

    public MarkLegend() {
        getStyleClass().add("mark-legend");
        getChildren().setAll(ITEMS.stream().map(MarkLegend::item).toList());
        Region shade = new Region();
        shade.getStyleClass().add("mark-legend-shade");
        getChildren().add(item("warm-up", shade));
    }

    private static Node item(Item item) {
        return item(item.meaning(), flag(item.kind()));
    }

    private static Node item(String meaning, Node sign) {
        Label label = new Label(meaning, sign);
        label.getStyleClass().add("mark-legend-item");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /// Returns the flag of a kind of marks.
    static Polygon flag(EventMark.Kind kind) {
        // A note differs by its form too: grey is also the colour of what has ended.
        Polygon flag = kind == EventMark.Kind.NOTE
                ? new Polygon(-3.5, 0, 3.5, 0, 3.5, NOTE_HEIGHT, -3.5, NOTE_HEIGHT)
                : new Polygon(-4, 0, 4, 0, 0, 6);
        flag.getStyleClass().addAll("live-chart-flag", kind.name().toLowerCase(Locale.ROOT));
        return flag;
    }
}
