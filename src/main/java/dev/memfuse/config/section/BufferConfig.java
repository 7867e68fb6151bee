package dev.memfuse.config.section;

import java.time.Duration;

/// Section `buffer`.
///
/// @param bypassMode true sends messages straight to the memory service; no buffer object is touched
/// @param durability what stands behind an acknowledgement when bypass is off; with bypass it is always the commit
/// @param journal limits of the durable log before the buffers
/// @param roundBuffer limits of the first buffer
/// @param hybridBuffer limits of the second buffer
/// @param query defaults and cache of queries
/// @param speculativeBuffer answers worked out before they are asked for
/// @param performance flushing
public record BufferConfig(boolean bypassMode, Durability durability, Journal journal, RoundBuffer roundBuffer,
        HybridBuffer hybridBuffer, Query query, SpeculativeBuffer speculativeBuffer, Performance performance) {

    /// Section `buffer.journal`.
    ///
    /// @param maxBytes most that may wait in the journal for the database, 1 MiB..2 GiB; beyond it, writers wait
    /// @param maxAge longest that anything may wait in the journal, 1 s..30 d; beyond it, writers wait
    /// @param patience longest wait of a writer for room before it gets an error, 0..10 min
    /// @param segmentBytes size of one file of the journal, 64 KiB..1 GiB; for files made from now on
    /// @param retireAfter stored or deleted texts leave the disk after this time, 0.1 s..1 d
    public record Journal(int maxBytes, Duration maxAge, Duration patience, int segmentBytes, Duration retireAfter) {}

    /// Section `buffer.round_buffer`.
    ///
    /// @param maxTokens rounds are handed on when their tokens would exceed this number (strictly), 1..1 000 000
    /// @param maxSize rounds are handed on before one more than this number is added, 1..10 000
    /// @param tokenModel the model whose tokenizer counts tokens
    public record RoundBuffer(int maxTokens, int maxSize, String tokenModel) {}

    /// Section `buffer.hybrid_buffer`.
    ///
    /// @param maxSize a flush starts when this number of rounds is reached, 1..10 000
    /// @param chunkStrategy how messages become chunks
    /// @param embedding when the chunks get their vectors
    public record HybridBuffer(int maxSize, ChunkStrategy chunkStrategy, EmbedAt embedding) {}

    /// Section `buffer.query`.
    ///
    /// @param maxSize number of results when a query names none, 1..1000
    /// @param cacheSize remembered queries per user, 0 (no cache)..100 000; a write of the user forgets them
    public record Query(int maxSize, int cacheSize) {}

    /// Section `buffer.speculative_buffer`.
    ///
    /// @param enabled whether the user's likely next queries are answered in the background after each write
    /// @param maxSize answers worked out after one write, 1..100
    /// @param contextWindow newest messages of the user whose texts are taken for likely queries, 0 (none)..100
    public record SpeculativeBuffer(boolean enabled, int maxSize, int contextWindow) {}

    /// Section `buffer.performance`.
    ///
    /// @param enableAutoFlush whether the two timers below run at all
    /// @param flushInterval rounds in the HybridBuffer are flushed at this age, 0.1 s..1 h
    /// @param forceFlushTimeout a user's buffers are flushed after this time without a write, 0.1 s..24 h
    /// @param maxFlushWorkers flushes that run at the same time, 1..64
    /// @param maxFlushQueueSize flushes that may wait, 1..100 000; beyond it, rounds stay in the HybridBuffer, and writers
    ///        whose messages are in no journal wait
    /// @param flushTimeout longest time of one attempt of a flush, 0.1 s..10 min
    /// @param shutdownTimeout longest time to store what is buffered when the program ends, 0..10 min
    public record Performance(boolean enableAutoFlush, Duration flushInterval, Duration forceFlushTimeout,
            int maxFlushWorkers, int maxFlushQueueSize, Duration flushTimeout, Duration shutdownTimeout) {}
}
