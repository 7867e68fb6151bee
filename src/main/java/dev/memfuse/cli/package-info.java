/// The command line. Uses the program only through [dev.memfuse.cli.command.ProgramServices], which the composition
/// root implements. Only this package, its subpackages and `Main` write to the terminal.
@NullMarked
package dev.memfuse.cli;

import org.jspecify.annotations.NullMarked;
