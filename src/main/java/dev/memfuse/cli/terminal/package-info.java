/// Output of commands: tables, progress, exit codes, interruption.
@NullMarked
package dev.memfuse.cli.terminal;

import org.jspecify.annotations.NullMarked;
