package dev.memfuse.console.chart;

import java.time.Instant;

import dev.memfuse.metrics.EventMark;

/// What the lane of marks does with the notes of the user. FX thread only.
public interface NoteActions {
    /// Does nothing.
    NoteActions NONE = new NoteActions() {
        @Override
        public void add(Instant at) {}

        @Override
        public void addHere() {}

        @Override
        public void change(EventMark note) {}

        @Override
        public void remove(EventMark note) {}
    };

    /// Lets the user write a note of a moment.
    void add(Instant at);

    /// Lets the user write a note of the moment of the cross hair, or of now without one.
    void addHere();

    /// Lets the user change a note.
    void change(EventMark note);

    /// Asks the user whether a note is to be removed.
    void remove(EventMark note);
}
