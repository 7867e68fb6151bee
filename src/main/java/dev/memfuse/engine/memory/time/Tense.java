package dev.memfuse.engine.memory.time;

/// Whether words speak of the past, the present or the future. "My exam is on Friday" means the next Friday, and "I met
/// Anna on Friday" the last one.
enum Tense {
    PAST,
    PRESENT,
    FUTURE
}
