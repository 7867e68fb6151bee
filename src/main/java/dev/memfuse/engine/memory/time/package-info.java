/// Times that statements name, resolved against the day of the message: rules in one file per language, resolved by
/// kind. An expression that no rule understands gives no time.
@NullMarked
package dev.memfuse.engine.memory.time;

import org.jspecify.annotations.NullMarked;
