package dev.memfuse.config;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.LayersConfig;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.LoadConfig;
import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.config.section.MonitoringConfig;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.config.section.QueriesConfig;
import dev.memfuse.config.section.RetrievalConfig;
import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.config.section.ServicesConfig;
import dev.memfuse.config.yaml.ConfigLoader;

/// The whole configuration, one component per section. The component names are MemFuse's YAML keys in camelCase instead
/// of snake_case. Values from [ConfigLoader] and [Tunables] are complete and valid.
public record MemFuseConfig(PostgresConfig postgres, NetworkConfig network, BufferConfig buffer,
        MemoryServiceConfig memoryService, LayersConfig layers, LlmConfig llm, EmbeddingConfig embedding,
        ServicesConfig services, QueriesConfig queries,
        RetrievalConfig retrieval, MonitoringConfig monitoring, LoadConfig load, ServerConfig server) {}
