package dev.memfuse.engine.service;

import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.memory.episodic.ChunkMaker;
import dev.memfuse.engine.memory.extraction.Extraction;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.SearchStore;

/// What all services of one engine share.
record EngineComponents(MemoryStore store, StorageHealth health, Journal journal, MemoryService memory,
        FlushManager flush,
        Extraction extraction, ChunkMaker chunks, EmbeddingPool embedding, SearchStore search, OpenIndexes indexes,
        Speculation speculation) {}
