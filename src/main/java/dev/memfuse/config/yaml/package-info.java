/// Reads and writes configurations as YAML, strictly: unknown keys, duplicate keys and secrets are problems with a place.
@NullMarked
package dev.memfuse.config.yaml;

import org.jspecify.annotations.NullMarked;
