/// API of the memory engine: users, agents, sessions, messages, queries, facts and episodes.
@NullMarked
package dev.memfuse.engine;

import org.jspecify.annotations.NullMarked;
