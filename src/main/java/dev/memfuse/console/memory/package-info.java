/// The Memory page: users, sessions and conversations, questions with the reasons of their hits, and what waits.
@NullMarked
package dev.memfuse.console.memory;

import org.jspecify.annotations.NullMarked;
