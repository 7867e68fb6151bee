/// How the database executes the statements of the engine: what a person asks to see of them.
@NullMarked
package dev.memfuse.engine.plan;

import org.jspecify.annotations.NullMarked;
