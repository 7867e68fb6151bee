package dev.memfuse.metrics.span;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.memfuse.metrics.EventMark;

/// Spans of time that event marks bound.
public final class MarkSpans {
    /// Longest span beside a mark: what was long ago says little about the mark.
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /// Shortest span: slices are as long as a second.
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private MarkSpans() {}

    /// Returns the span after a mark, whose [TimeSpan#before] is the span before it: as long as neither side has
    /// another mark of a change, a load or a fault, at most a minute; empty when that is shorter than two seconds.
    ///
    /// @param marks all marks
    /// @param begin begin of the history
    /// @param end current end of the history
    public static Optional<TimeSpan> after(Instant mark, List<EventMark> marks, Instant begin, Instant end) {
        Instant previous = begin;
        Instant next = end;
        for (EventMark other : marks) {
            if (isCondition(other)) {
                // Marks of one moment belong together.
                if (other.at().isBefore(mark.minus(SHORTEST)) && other.at().isAfter(previous)) {
                    previous = other.at();
                }
                if (other.at().isAfter(mark.plus(SHORTEST)) && other.at().isBefore(next)) {
                    next = other.at();
                }
            }
        }
        Duration length = shorter(LONGEST,
                shorter(Duration.between(previous, mark), Duration.between(mark, next)));
        return length.compareTo(SHORTEST) < 0 ? Optional.empty() : Optional.of(new TimeSpan(mark, mark.plus(length)));
    }

    /// Returns the span between the neighbouring marks around an instant; the begin and the end of the history count
    /// as marks, and so do notes. Empty when the instant lies outside of them.
    ///
    /// @param marks all marks
    /// @param begin begin of the history
    /// @param end current end of the history
    public static Optional<TimeSpan> between(Instant at, List<EventMark> marks, Instant begin, Instant end) {
        Instant from = begin;
        Instant to = end;
        for (EventMark mark : marks) {
            if (isCondition(mark) || mark.kind() == EventMark.Kind.NOTE) {
                if (!mark.at().isAfter(at) && mark.at().isAfter(from)) {
                    from = mark.at();
                }
                if (mark.at().isAfter(at) && mark.at().isBefore(to)) {
                    to = mark.at();
                }
            }
        }
        return at.isBefore(begin) || at.isAfter(end) || !from.isBefore(to)
                ? Optional.empty()
                : Optional.of(new TimeSpan(from, to));
    }

    /// Returns whether a mark separates conditions: an alert is a consequence, and a note changes nothing.
    private static boolean isCondition(EventMark mark) {
        return switch (mark.kind()) {
            case ALERT, ALERT_END, NOTE -> false;
            default -> true;
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
