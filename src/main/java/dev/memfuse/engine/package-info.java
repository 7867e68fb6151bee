/// The public API of the memory engine: users, agents, sessions, messages, queries; and the ports that
/// storage implements. Knows config and metrics; never a database driver, never a window.
@NullMarked
package dev.memfuse.engine;

import org.jspecify.annotations.NullMarked;
