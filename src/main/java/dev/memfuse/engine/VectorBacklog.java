package dev.memfuse.engine;

/// Progress of the vectors that the engine makes for stored messages in the background.
///
/// @param waiting number of stored messages without a vector, as far as this process knows
/// @param done number of messages embedded since the start
/// @param perSecond messages embedded per second of the last minutes; 0 while nothing is embedded
public record VectorBacklog(long waiting, long done, double perSecond) {}
