package dev.memfuse.load.generator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.load.Workload;

/// The load generator of one run: it makes the users of the run, then operations, and counts them. [#prepare],
/// [#run], [#awaitEmpty] and [#finish] are for the thread of the run, in this order; the other methods are thread-safe
/// and do not block.
public interface Generator extends AutoCloseable {
    /// The parts of a run.
    enum Part {
        /// Not counted.
        WARMUP,
        /// Counted. Its operations and arrivals follow from the seed, however long the warm-up was.
        MEASURED
    }

    /// The texts of a load in numbers.
    ///
    /// @param name source of the texts, one line for the user
    /// @param conversations number of conversations
    /// @param messages number of messages in all conversations
    record CorpusSize(String name, int conversations, int messages) {}

    /// The end of a generator before that of its run.
    ///
    /// @param sentence for the user
    /// @param countedUntil end of the figures that it had reported by then, on the clock of [System#nanoTime]
    /// @param byStop whether the request that stopped the run ended it too, as Ctrl+C does: the run is stopped then
    record Loss(String sentence, long countedUntil, boolean byStop) {}

    /// Reads the conversations and creates the users with their first messages. For a workload without adds it stores
    /// whole conversations, so that queries find messages. For a workload with queries it opens the users' indexes, so
    /// that the run does not measure it. Blocks.
    ///
    /// @param runId part of every user's name, so that the names of runs differ, and their mark in storage
    /// @param made receives the id of each created user, on any thread; also when the preparation fails
    CorpusSize prepare(String runId, Consumer<UUID> made) throws InterruptedException;

    /// Generates the arrivals of a part until its end, until [#endPart] or until [#stop], then returns at once;
    /// operations may still be in flight. Blocks.
    ///
    /// @param from start on the clock of [System#nanoTime]
    /// @param until end on that clock
    void run(Part part, long from, long until) throws InterruptedException;

    /// Ends the part that [#run] generates now; without one it has no effect.
    void endPart();

    /// Waits until no operation is in flight, at most `limit`.
    ///
    /// @return the number of operations still in flight
    int awaitEmpty(Duration limit) throws InterruptedException;

    /// Returns whether a slow engine causes a backlog of arrivals, so that the backlog of the warm-up has to be drained
    /// before measuring.
    boolean hasBacklog();

    /// Changes the offered load, also during [#run]: the level of the shape in operations per second, or the
    /// concurrency.
    void load(double value);

    /// Changes the shares of the next operations.
    void mix(Workload.Mix shares);

    /// Ends the preparation and [#run]; later calls of them return at once.
    void stop();

    /// Counts the operations in flight as unfinished, and ends the measurement. Blocks.
    GeneratorReport finish() throws InterruptedException;

    /// Returns why the generator ended before the run; empty while it works. Its methods return at once then.
    default Optional<Loss> loss() {
        return Optional.empty();
    }

    /// Returns the messages that each user sent.
    List<SentMessages> sent();

    /// Ends the generator, however far it got. Blocks for a short time.
    @Override
    void close();
}
