/// Exceptions of the engine's API. Their messages are sentences for the user.
@NullMarked
package dev.memfuse.engine.exception;

import org.jspecify.annotations.NullMarked;
