/// The desktop console: what its packages share. Knows the engine's API, load, metrics and config;
/// never the store, never SQL.
@NullMarked
package dev.memfuse.console;

import org.jspecify.annotations.NullMarked;
