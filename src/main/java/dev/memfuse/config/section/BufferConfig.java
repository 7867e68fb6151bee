package dev.memfuse.config.section;

import java.time.Duration;

/// Section `buffer`.
///
/// @param bypassMode true sends messages straight to the memory service; no buffer is involved
/// @param durability durability of an acknowledgement when bypass is off; with bypass it is always the commit
/// @param maxMessageBytes maximum length of a message's text in UTF-8, 1 KiB..16 MiB, with and without bypass
/// @param maxBatchBytes maximum size of the messages of one call, their texts and 64 bytes each, 1 KiB..32 MiB, with
///        and without bypass
/// @param journal limits of the durable log in front of the buffers
/// @param roundBuffer limits of the first buffer
/// @param hybridBuffer limits of the second buffer
/// @param query defaults and cache of queries
/// @param speculativeBuffer answers computed ahead of queries
/// @param performance flushing
public record BufferConfig(boolean bypassMode, Durability durability, int maxMessageBytes, int maxBatchBytes,
        JournalConfig journal, RoundBufferConfig roundBuffer, HybridBufferConfig hybridBuffer, QueryConfig query,
        SpeculativeBufferConfig speculativeBuffer, PerformanceConfig performance) {

    /// Section `buffer.journal`.
    ///
    /// @param maxBytes maximum size of messages that are not yet in the database, 1 MiB..2 GiB; beyond it, writers wait
    /// @param maxAge maximum age of a message that is not yet in the database, 1 s..30 d; beyond it, writers wait
    /// @param patience maximum wait of a writer for space before it gets an error, 0..10 min
    /// @param segmentBytes size of one journal file, 64 KiB..1 GiB; applies to new files
    /// @param retireAfter time after which stored or deleted messages are erased from the disk, 0.1 s..1 d
    public record JournalConfig(int maxBytes, Duration maxAge, Duration patience, int segmentBytes,
            Duration retireAfter) {}

    /// Section `buffer.round_buffer`.
    ///
    /// @param maxTokens rounds move to the hybrid buffer before their tokens exceed this number, 1..1 000 000
    /// @param maxSize rounds move to the hybrid buffer before their number exceeds this one, 1..10 000
    /// @param tokenModel model whose tokenizer counts the tokens
    public record RoundBufferConfig(int maxTokens, int maxSize, String tokenModel) {}

    /// Section `buffer.hybrid_buffer`.
    ///
    /// @param maxSize number of rounds at which a flush starts, 1..10 000
    /// @param chunkStrategy how messages become chunks
    /// @param embedding when the chunks are embedded
    public record HybridBufferConfig(int maxSize, ChunkStrategy chunkStrategy, EmbedAt embedding) {}

    /// Section `buffer.query`.
    ///
    /// @param maxSize number of results when a query names none, 1..1000
    /// @param cacheSize cached queries per user, 0 (no cache)..100 000; a write of the user clears them
    public record QueryConfig(int maxSize, int cacheSize) {}

    /// Section `buffer.speculative_buffer`.
    ///
    /// @param enabled whether the user's likely next queries are answered in the background after each write
    /// @param maxSize maximum number of answers that are computed after one write, 1..100
    /// @param contextWindow number of the user's newest messages that become likely queries, 0 (none)..100
    public record SpeculativeBufferConfig(boolean enabled, int maxSize, int contextWindow) {}

    /// Section `buffer.performance`.
    ///
    /// @param enableAutoFlush whether the two timers below run
    /// @param flushInterval age at which rounds in the hybrid buffer are flushed, 0.1 s..1 h
    /// @param forceFlushTimeout time without a write after which all buffers of a user are flushed, 0.1 s..24 h
    /// @param maxFlushWorkers maximum number of concurrent flushes, 1..64
    /// @param maxFlushQueueSize maximum number of queued flushes, 1..100 000; beyond it, rounds stay in the hybrid
    ///        buffer, and writers whose messages are not in the journal wait
    /// @param flushTimeout maximum time of one attempt of a flush, 0.1 s..10 min
    /// @param shutdownTimeout maximum time to store buffered messages when the program ends, 0..10 min
    public record PerformanceConfig(boolean enableAutoFlush, Duration flushInterval, Duration forceFlushTimeout,
            int maxFlushWorkers, int maxFlushQueueSize, Duration flushTimeout, Duration shutdownTimeout) {}
}
