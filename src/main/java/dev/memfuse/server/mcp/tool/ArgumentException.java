package dev.memfuse.server.mcp.tool;

/// A wrong argument of a tool. The message is a sentence for the language model, which can then call again.
final class ArgumentException extends RuntimeException {
    ArgumentException(String sentence) {
        super(sentence, null, false, false);
    }
}
