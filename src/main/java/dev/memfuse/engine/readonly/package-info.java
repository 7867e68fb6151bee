/// The engine on a database that is open read-only: reads pass, every change is refused.
@NullMarked
package dev.memfuse.engine.readonly;

import org.jspecify.annotations.NullMarked;
