package dev.memfuse.target;

/// A target that cannot be reached or that refuses. The message is a sentence for the user.
public final class TargetException extends IllegalStateException {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    /// Kinds of failures.
    public enum Kind {
        /// The process or the server is not there.
        GONE,
        /// It is there and does not answer.
        SILENT,
        /// It answers and refuses.
        REFUSED
    }

    public TargetException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public TargetException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
