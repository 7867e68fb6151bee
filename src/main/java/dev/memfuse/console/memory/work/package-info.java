/// What waits in memory: buffers, dead letters and jobs, on the Memory page.
@NullMarked
package dev.memfuse.console.memory.work;

import org.jspecify.annotations.NullMarked;
