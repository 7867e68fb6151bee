package dev.memfuse.engine.retrieval;

/// The embedding model whose vectors an index holds.
///
/// @param name as it is stored beside each vector
/// @param dimension length of the vectors, a multiple of 4
public record IndexModel(String name, int dimension) {}
