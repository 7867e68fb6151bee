/// The commands of the program and the interfaces that they use.
@NullMarked
package dev.memfuse.cli.command;

import org.jspecify.annotations.NullMarked;
