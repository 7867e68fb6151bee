package dev.memfuse.transfer;

/// A line is not what the format asks for. The message is a sentence that does not yet name file and line.
final class BadLineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadLineException(String message) {
        super(message);
    }
}
