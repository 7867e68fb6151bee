package dev.memfuse.engine.buffer;

import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Reads rounds back from the journal.
@FunctionalInterface
public interface JournalReader {
    /// Passes the rounds with these numbers to `each`, in the order of the numbers and without messages that were
    /// erased. Leaves out rounds that are released, hence stored, and rounds without messages. Blocks for the disk.
    ///
    /// @throws dev.memfuse.engine.exception.EngineException when the disk cannot be read
    void read(LongStream lsns, Consumer<BufferedRound> each);
}
