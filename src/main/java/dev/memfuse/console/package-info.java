/// The desktop console: window, pages and pictures of them. Depends on the engine's API and host, load, metrics and
/// config.
@NullMarked
package dev.memfuse.console;

import org.jspecify.annotations.NullMarked;
