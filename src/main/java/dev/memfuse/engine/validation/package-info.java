/// Checks of values that enter the engine. A value that passes is stored exactly; every other one is refused before it
/// is acknowledged. Uses the exceptions of the engine only, so that records, services and readers of files can call it.
@NullMarked
package dev.memfuse.engine.validation;

import org.jspecify.annotations.NullMarked;
