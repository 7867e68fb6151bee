package dev.memfuse.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;

/// The marks that a time axis shows, as groups. Without warm-ups, which are shaded.
///
/// @param groups oldest first
record ShownMarks(List<MarkGroup> groups) {
    static final ShownMarks NONE = new ShownMarks(List.of());
    /// Distance in pixels within which a mark is pointed at.
    private static final double NEAR = 6;
    /// Repetitions nearer than this are one group, in pixels.
    private static final double APART = 12;
    /// Other marks of one kind are one within this, in pixels: the width of a flag.
    private static final double MERGED = 8;
    /// Of more, the newest are shown, and all notes.
    private static final int MOST = 200;

    ShownMarks {
        groups = List.copyOf(groups);
    }

    /// Groups the marks in a span.
    ///
    /// @param marks oldest first
    /// @param now end of what lasts, in milliseconds since the epoch
    /// @param width width of the axis in pixels
    static ShownMarks of(List<EventMark> marks, Span span, long now, double width) {
        List<EventMark> points = marks.stream().filter(mark -> !WarmupLayer.shades(mark)).toList();
        List<MarkGroup> all = MarkGroup.of(points, time(APART, span, width), Instant.ofEpochMilli(now));
        List<MarkGroup> visible = MarkGroup.merged(all, time(MERGED, span, width)).stream()
                .filter(mark -> mark.touches(span)).toList();
        return new ShownMarks(MarkGroup.newest(visible, MOST));
    }

    private static Duration time(double pixels, Span span, double width) {
        return Duration.ofMillis(Math.round(pixels * span.length() / Math.max(1, width)));
    }

    /// Returns the mark at a position.
    ///
    /// @param xOf position of a time in pixels from the left
    Optional<MarkGroup> at(double x, ToDoubleFunction<Instant> xOf) {
        return groups.stream().filter(mark -> distance(mark, x, xOf) <= NEAR)
                .min(Comparator.comparingDouble(mark -> distance(mark, x, xOf)));
    }

    /// Returns the begin of a mark that is at a position.
    Optional<Instant> beginAt(double x, ToDoubleFunction<Instant> xOf) {
        return at(x, xOf).map(MarkGroup::from).filter(begin -> Math.abs(xOf.applyAsDouble(begin) - x) <= NEAR);
    }

    /// Returns the note at a position.
    Optional<MarkGroup> noteAt(double x, ToDoubleFunction<Instant> xOf) {
        return new ShownMarks(groups.stream().filter(MarkGroup::isNote).toList()).at(x, xOf);
    }

    /// Returns what there is at a position: the nearest mark, and a note that is not that mark.
    List<MarkGroup> allAt(double x, ToDoubleFunction<Instant> xOf) {
        return Stream.concat(at(x, xOf).stream(), noteAt(x, xOf).stream()).distinct().toList();
    }

    private static double distance(MarkGroup mark, double x, ToDoubleFunction<Instant> xOf) {
        return Math.min(Math.abs(xOf.applyAsDouble(mark.from()) - x), Math.abs(xOf.applyAsDouble(mark.to()) - x));
    }
}
