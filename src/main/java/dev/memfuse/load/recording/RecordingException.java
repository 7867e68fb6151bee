package dev.memfuse.load.recording;

/// A recording cannot be read or written. The message is a sentence for the user.
public final class RecordingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /// @param sentence for the user
    public RecordingException(String sentence) {
        super(sentence);
    }

    /// @param sentence for the user
    public RecordingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
