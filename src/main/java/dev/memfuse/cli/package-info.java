/// The command line: options, commands, exit codes, progress and tables on the terminal. Reaches the program only
/// through [dev.memfuse.cli.Application], which the composition root implements; the one package besides `Main` that
/// writes to the terminal.
@NullMarked
package dev.memfuse.cli;

import org.jspecify.annotations.NullMarked;
