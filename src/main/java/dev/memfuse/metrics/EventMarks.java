package dev.memfuse.metrics;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The last event marks and the notes of the user. Bounded; thread-safe.
final class EventMarks {
    private static final int MOST = 1_000;

    private final Clock clock;
    private final ArrayDeque<EventMark> marks = new ArrayDeque<>();
    private final Notes notes = new Notes();
    private final List<Consumer<EventMark>> listeners = new CopyOnWriteArrayList<>();

    EventMarks(Clock clock) {
        this.clock = clock;
    }

    void add(EventMark.Kind kind, String text, String group) {
        EventMark mark = new EventMark(clock.instant(), kind, text, group);
        synchronized (marks) {
            if (marks.size() == MOST) {
                marks.removeFirst();
            }
            marks.addLast(mark);
        }
        listeners.forEach(listener -> listener.accept(mark));
    }

    /// Returns all marks, oldest first.
    List<EventMark> all() {
        List<EventMark> written = notes.all();
        synchronized (marks) {
            return written.isEmpty()
                    ? List.copyOf(marks)
                    : Stream.concat(marks.stream(), written.stream()).sorted(Comparator.comparing(EventMark::at))
                            .toList();
        }
    }

    void onMark(Consumer<EventMark> listener) {
        listeners.add(listener);
    }

    Notes notes() {
        return notes;
    }
}
