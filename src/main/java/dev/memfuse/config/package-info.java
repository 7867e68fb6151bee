/// The configuration tree: records bound strictly to MemFuse's snake_case YAML, the table of keys with their
/// ranges and meaning, profiles, and [dev.memfuse.config.Tunables], the value that may change while the engine runs.
/// Knows the JDK and Jackson, and no other package of ours.
@NullMarked
package dev.memfuse.config;

import org.jspecify.annotations.NullMarked;
