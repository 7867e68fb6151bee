/// The commands about recordings of earlier runs. None of them starts the engine.
@NullMarked
package dev.memfuse.cli.command.history;

import org.jspecify.annotations.NullMarked;
