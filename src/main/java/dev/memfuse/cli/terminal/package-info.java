/// Output of commands: tables, progress and errors; exit codes and Ctrl+C.
@NullMarked
package dev.memfuse.cli.terminal;

import org.jspecify.annotations.NullMarked;
