package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The space for the texts of the marks of a lane: beside the flag of each, until the flag or the text of another one.
/// A text that is longer is cut there. Texts are placed one after the other.
final class MarkTextSpace {
    /// Between the middle of a flag and its text, in pixels.
    private static final double GAP = 6;
    /// Between a text and another flag or its text, in pixels. Larger than [#GAP]: a text belongs to the nearer flag.
    private static final double APART = 18;
    /// A cut text that is narrower says nothing.
    private static final double NARROWEST = 60;

    private final double width;
    private final List<Interval> flags = new ArrayList<>();
    private final List<Interval> named = new ArrayList<>();
    private final List<Interval> texts = new ArrayList<>();

    /// @param width width of the lane in pixels
    MarkTextSpace(double width) {
        this.width = width;
    }

    /// Adds a flag, before any text is placed.
    ///
    /// @param x its position in pixels from the left
    /// @param withText whether it has a text; a text without other space may cross the flags without one
    void flag(double x, boolean withText) {
        Interval flag = new Interval(x, x);
        flags.add(flag);
        if (withText) {
            named.add(flag);
        }
    }

    /// Places the text of the flag at a position: whole when it fits at the right or at the left of it, else cut.
    ///
    /// @param text width of the whole text
    /// @return empty when there is too little space
    Optional<Interval> place(double x, double text) {
        Optional<Interval> place = fit(x, text, flags).or(() -> fit(x, text, named));
        place.ifPresent(texts::add);
        return place;
    }

    private Optional<Interval> fit(double x, double text, List<Interval> others) {
        double right = Math.min(text, end(x, others) - x - GAP);
        double left = Math.min(text, x - GAP - begin(x, others));
        double most = right >= text || (left < text && right >= NARROWEST) ? right : left;
        if (most < Math.min(text, NARROWEST)) {
            return Optional.empty();
        }
        return Optional.of(most == right
                ? new Interval(x + GAP, x + GAP + right)
                : new Interval(x - GAP - left, x - GAP));
    }

    /// Returns the end of the space at the right of a position.
    private double end(double x, List<Interval> others) {
        double end = width;
        for (Interval other : others) {
            end = other.from > x ? Math.min(end, other.from - APART) : end;
        }
        for (Interval other : texts) {
            end = other.to > x ? Math.min(end, other.from - APART) : end;
        }
        return end;
    }

    /// Returns the begin of the space at the left of a position.
    private double begin(double x, List<Interval> others) {
        double begin = 0;
        for (Interval other : others) {
            begin = other.to < x ? Math.max(begin, other.to + APART) : begin;
        }
        for (Interval other : texts) {
            begin = other.from < x ? Math.max(begin, other.to + APART) : begin;
        }
        return begin;
    }

    /// A part of the lane, in pixels.
    record Interval(double from, double to) {}
}
