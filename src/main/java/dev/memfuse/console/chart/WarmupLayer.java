package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;

/// The warm-ups of loads as shaded spans over one plot: what is not counted. Without a text, which would cover values;
/// the legend of the marks and the text at the crosshair name them. FX thread only.
final class WarmupLayer {
    private final Pane view = new Pane();
    private final LongToDoubleFunction xOf;
    private List<Span> shown = List.of();

    /// @param xOf position of a time, milliseconds since the epoch, in pixels from the left
    WarmupLayer(LongToDoubleFunction xOf) {
        this.xOf = xOf;
        view.setManaged(false);
        view.setMouseTransparent(true);
    }

    Pane view() {
        return view;
    }

    /// Returns whether a mark is drawn by this layer instead of as a line.
    static boolean shades(EventMark mark) {
        return mark.kind() == EventMark.Kind.WARMUP || mark.kind() == EventMark.Kind.WARMUP_END;
    }

    /// Returns the warm-ups of marks that a time span shows. One that has not ended lasts until the end of the span.
    ///
    /// @param marks oldest first
    static List<Span> spans(List<EventMark> marks, Span span) {
        List<Span> spans = new ArrayList<>();
        long from = Long.MAX_VALUE;
        for (EventMark mark : marks) {
            if (mark.kind() == EventMark.Kind.WARMUP) {
                from = mark.at().toEpochMilli();
            } else if (mark.kind() == EventMark.Kind.WARMUP_END) {
                visible(from, mark.at().toEpochMilli(), span).ifPresent(spans::add);
                from = Long.MAX_VALUE;
            }
        }
        visible(from, span.to(), span).ifPresent(spans::add);
        return spans;
    }

    /// Returns the part of a warm-up that `span` shows. A mark can be newer than the newest sample, or than a span of
    /// the past, and a clock that was set back makes an end earlier than its begin.
    private static Optional<Span> visible(long from, long to, Span span) {
        long begin = Math.max(from, span.from());
        long end = Math.min(to, span.to());
        return begin < end ? Optional.of(new Span(begin, end)) : Optional.empty();
    }

    /// Shows the warm-ups of a time span.
    void show(List<EventMark> marks, Span span, double width, double height) {
        List<Span> next = spans(marks, span);
        if (next.size() != shown.size()) {
            view.getChildren().clear();
            next.forEach(_ -> view.getChildren().add(shade()));
        }
        shown = next;
        for (int i = 0; i < next.size(); i++) {
            double from = Math.clamp(xOf.applyAsDouble(next.get(i).from()), 0, width);
            double to = Math.clamp(xOf.applyAsDouble(next.get(i).to()), 0, width);
            view.getChildren().get(i).resizeRelocate(from, 0, to - from, height);
        }
    }

    /// Returns whether a time, in milliseconds since the epoch, lies in a shaded span.
    boolean contains(long millis) {
        return shown.stream().anyMatch(span -> millis >= span.from() && millis <= span.to());
    }

    private static Region shade() {
        Region shade = new Region();
        shade.getStyleClass().add("live-chart-warmup");
        shade.setManaged(false);
        return shade;
    }
}
