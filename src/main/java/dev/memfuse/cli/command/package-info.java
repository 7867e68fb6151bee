/// The commands of the program, and the services they use.
@NullMarked
package dev.memfuse.cli.command;

import org.jspecify.annotations.NullMarked;
