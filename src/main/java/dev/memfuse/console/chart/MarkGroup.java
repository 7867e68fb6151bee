package dev.memfuse.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.EventMark;

/// Marks that a chart shows as one: an alert or a fault from its begin to its end, repetitions of one group that are
/// too near to stand apart, and several marks of one kind in almost the same place.
///
/// @param kind kind of the first mark
/// @param from time of the first mark
/// @param to time of the last mark; the current time while an alert or a fault lasts
/// @param count number of marks, at least 1
/// @param text one line for the user
record MarkGroup(EventMark.Kind kind, Instant from, Instant to, int count, String text) {
    private static final Set<EventMark.Kind> MERGED = Set.of(EventMark.Kind.CHANGE, EventMark.Kind.LOAD,
            EventMark.Kind.ENGINE);

    /// Returns one mark as a group.
    static MarkGroup of(EventMark mark) {
        return new MarkGroup(mark.kind(), mark.at(), mark.at(), 1, mark.text());
    }

    /// Groups marks.
    ///
    /// @param marks oldest first
    /// @param near repetitions of one group within this time are shown as one
    /// @param now end of what lasts
    static List<MarkGroup> of(List<EventMark> marks, Duration near, Instant now) {
        List<Growing> groups = new ArrayList<>();
        Map<String, Growing> newest = new HashMap<>();
        for (EventMark mark : marks) {
            Growing before = mark.group().isEmpty() ? null : newest.get(mark.group());
            if (before != null && before.takes(mark, near)) {
                before.add(mark);
            } else {
                Growing next = new Growing(mark);
                groups.add(next);
                if (!mark.group().isEmpty()) {
                    newest.put(mark.group(), next);
                }
            }
        }
        return groups.stream().map(group -> group.at(now)).toList();
    }

    /// Merges marks of one kind that begin so near to each other that their lines and flags would cover what is beneath
    /// them. Notes, which somebody wrote, and what lasts stay apart.
    ///
    /// @param groups oldest first
    /// @param near from the begin of the first one
    static List<MarkGroup> merged(List<MarkGroup> groups, Duration near) {
        List<MarkGroup> all = new ArrayList<>();
        Map<EventMark.Kind, Integer> newest = new EnumMap<>(EventMark.Kind.class);
        for (MarkGroup group : groups) {
            Integer at = MERGED.contains(group.kind) ? newest.get(group.kind) : null;
            if (at != null && Duration.between(all.get(at).from, group.from).compareTo(near) < 0) {
                all.set(at, all.get(at).with(group));
            } else {
                newest.put(group.kind, all.size());
                all.add(group);
            }
        }
        return all;
    }

    private MarkGroup with(MarkGroup later) {
        int sum = count + later.count;
        return new MarkGroup(kind, from, later.to, sum,
                MarkText.several(sum, Formats.timeOfDay(from), MarkText.lastOf(later.text)));
    }

    /// Returns whether a part of it lies in a span.
    boolean touches(Span span) {
        return to.toEpochMilli() >= span.from() && from.toEpochMilli() <= span.to();
    }

    /// Returns one line for the user that says what it is, where nothing else tells the kinds apart.
    String described() {
        return isNote() ? "Note: " + text : text;
    }

    /// Returns whether it is a note of the user.
    boolean isNote() {
        return kind == EventMark.Kind.NOTE;
    }

    /// Returns the note of the user; only for a note.
    EventMark note() {
        return new EventMark(from, kind, text);
    }

    /// Returns whether another one is the same, which may have grown.
    boolean isSame(MarkGroup other) {
        return kind == other.kind && from.equals(other.from) && (!isNote() || text.equals(other.text));
    }

    /// Returns the newest marks in their order; notes come before others, since nothing but the user adds them.
    ///
    /// @param most maximum number
    static List<MarkGroup> newest(List<MarkGroup> marks, int most) {
        if (marks.size() <= most) {
            return marks;
        }
        List<MarkGroup> kept = Stream
                .concat(marks.reversed().stream().filter(MarkGroup::isNote),
                        marks.reversed().stream().filter(mark -> !mark.isNote()))
                .limit(most).toList();
        Set<MarkGroup> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(kept);
        return marks.stream().filter(chosen::contains).toList();
    }

    /// Returns what identifies it while it grows.
    List<Object> key() {
        return List.of(kind, from, count == 1 ? text : "");
    }

    private static final class Growing {
        private final EventMark first;
        private EventMark last;
        private int count = 1;

        Growing(EventMark mark) {
            first = mark;
            last = mark;
        }

        private boolean lasts() {
            boolean begins = last.kind() == EventMark.Kind.ALERT || last.kind() == EventMark.Kind.FAULT;
            return begins && !last.group().isEmpty();
        }

        boolean takes(EventMark mark, Duration near) {
            if (mark.kind().isEnd()) {
                return lasts();
            }
            return !first.kind().isEnd() && Duration.between(last.at(), mark.at()).compareTo(near) <= 0;
        }

        void add(EventMark mark) {
            last = mark;
            count += mark.kind().isEnd() ? 0 : 1;
        }

        MarkGroup at(Instant now) {
            Instant to = lasts() && now.isAfter(last.at()) ? now : last.at();
            return new MarkGroup(first.kind(), first.at(), to, count, text());
        }

        private String text() {
            String text = last.kind().isEnd() && !first.kind().isEnd() ? first.text() : last.text();
            return count == 1 ? text : text + " (" + count + " times since " + Formats.timeOfDay(first.at()) + ")";
        }
    }
}
