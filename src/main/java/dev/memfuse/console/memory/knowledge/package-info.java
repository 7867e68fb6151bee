/// Facts and episodes of one user, on the Memory page.
@NullMarked
package dev.memfuse.console.memory.knowledge;

import org.jspecify.annotations.NullMarked;
