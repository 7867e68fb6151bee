/// Reads and writes configurations as YAML. Reading is strict: unknown keys, duplicate keys and secrets are problems,
/// each with its position.
@NullMarked
package dev.memfuse.config.yaml;

import org.jspecify.annotations.NullMarked;
