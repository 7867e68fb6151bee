package dev.memfuse.engine.journal;

/// Another process uses the journal.
public final class JournalLockedException extends JournalException {
    public JournalLockedException(String message) {
        super(message);
    }
}
