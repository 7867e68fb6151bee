/// The Ask box of the Memory page: a question, its hits, and the reasons for them.
@NullMarked
package dev.memfuse.console.memory.ask;

import org.jspecify.annotations.NullMarked;
