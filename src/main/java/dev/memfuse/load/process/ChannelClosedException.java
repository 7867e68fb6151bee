package dev.memfuse.load.process;

/// The other end of the channel has ended.
final class ChannelClosedException extends RuntimeException {
    ChannelClosedException() {
        super("The other process has ended.");
    }
}
