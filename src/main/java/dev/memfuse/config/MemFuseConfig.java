package dev.memfuse.config;

/// The whole configuration. The component names are the YAML keys in camelCase; the keys themselves are MemFuse's
/// snake_case. A value of this type is complete and within its ranges: it comes from [ConfigLoader] or [Tunables].
public record MemFuseConfig(PostgresConfig postgres, BufferConfig buffer, MemoryServiceConfig memoryService,
        LayersConfig layers, LlmConfig llm, EmbeddingConfig embedding, ServicesConfig services, QueriesConfig queries,
        RetrievalConfig retrieval,
        MonitoringConfig monitoring) {}
