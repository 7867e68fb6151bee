/// Options shared by commands, and the converters of their values.
@NullMarked
package dev.memfuse.cli.option;

import org.jspecify.annotations.NullMarked;
