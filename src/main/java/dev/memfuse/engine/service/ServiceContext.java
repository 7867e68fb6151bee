package dev.memfuse.engine.service;

import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.memory.episodic.ChunkMaker;
import dev.memfuse.engine.memory.extraction.Extraction;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.SearchStore;

/// Collaborators that the services of all users share. [EngineRuntime] creates it once and closes its members; the
/// per-user services hold it.
record ServiceContext(MemoryStore store, Directory directory, IdAliases aliases, SearchStore search,
        StorageHealth health, Journal journal,
        DeadLetterFolder deadLetters, MemoryService memory, FlushManager flush, Extraction extraction,
        ChunkMaker chunks, EmbeddingPool embedding,
        OpenIndexes indexes, IndexesAhead ahead, Speculation speculation) {}
