package dev.memfuse.transfer;

/// A line violates the format. The message is a sentence without file and line number; the reader adds them.
final class BadLineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadLineException(String message) {
        super(message);
    }
}
