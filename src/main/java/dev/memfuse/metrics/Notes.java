package dev.memfuse.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The notes of the user on the time axis: event marks of the kind [EventMark.Kind#NOTE], which the user adds, changes
/// and removes. They have a list of their own, so that marks that come often push none of them out; like all marks they
/// last as long as the program. Bounded; thread-safe.
public final class Notes {
    /// Maximum number of characters of a note.
    public static final int LONGEST = 120;
    /// Maximum number of notes.
    public static final int MOST = 200;
    /// When there are too many, the oldest note makes room once it is this old: no chart shows its time any more.
    private static final Duration SHOWN = MetricsHistory.LENGTH;

    private final List<EventMark> notes = new ArrayList<>();

    Notes() {}

    /// Returns why a text cannot be a note, a sentence; empty when it can. Blanks at its ends do not count.
    public static Optional<String> problem(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return Optional.of("The note has no text: write what happened.");
        }
        int length = stripped.codePointCount(0, stripped.length());
        if (length > LONGEST) {
            return Optional.of("The note has " + length + " characters and at most " + LONGEST
                    + " are kept: shorten it.");
        }
        return stripped.codePoints().anyMatch(Notes::isUnfit)
                ? Optional.of("The note has a control character, for instance a line feed or one that changes the "
                        + "direction of writing: remove it.")
                : Optional.empty();
    }

    private static boolean isUnfit(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> (character >= 0x202A && character <= 0x202E)
                    || (character >= 0x2066 && character <= 0x2069) || character == 0x200E || character == 0x200F
                    || character == 0x061C;
            default -> false;
        };
    }

    /// Adds a note.
    ///
    /// @param now the current time
    /// @return the note; empty when there are too many to add another
    /// @throws IllegalArgumentException when the text has a [#problem]
    public synchronized Optional<EventMark> add(Instant at, String text, Instant now) {
        EventMark note = note(at, text);
        if (notes.size() >= MOST && !notes.getFirst().at().isBefore(now.minus(SHOWN))) {
            return Optional.empty();
        }
        if (notes.size() >= MOST) {
            notes.removeFirst();
        }
        insert(note);
        return Optional.of(note);
    }

    /// Gives a note another text.
    ///
    /// @return the changed note; empty when it is no longer there
    /// @throws IllegalArgumentException when the text has a [#problem]
    public synchronized Optional<EventMark> change(EventMark note, String text) {
        EventMark changed = note(note.at(), text);
        int index = notes.indexOf(note);
        if (index < 0) {
            return Optional.empty();
        }
        notes.set(index, changed);
        return Optional.of(changed);
    }

    /// Removes a note, unless it is no longer there.
    public synchronized void remove(EventMark note) {
        notes.remove(note);
    }

    /// Returns the notes, oldest first.
    public synchronized List<EventMark> all() {
        return List.copyOf(notes);
    }

    private static EventMark note(Instant at, String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new EventMark(at, EventMark.Kind.NOTE, text.strip());
    }

    private void insert(EventMark note) {
        int index = notes.size();
        while (index > 0 && notes.get(index - 1).at().isAfter(note.at())) {
            index--;
        }
        notes.add(index, note);
    }
}
