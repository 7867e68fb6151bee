/// Threads, timers and loops of the program. Each of them survives any [Throwable] of one turn and reports it, and
/// [dev.memfuse.background.BackgroundHealth] knows which of them failed, stand still or ended. Depends on the JDK and
/// SLF4J alone.
@NullMarked
package dev.memfuse.background;

import org.jspecify.annotations.NullMarked;
