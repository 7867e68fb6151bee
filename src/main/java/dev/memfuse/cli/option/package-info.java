/// Options that several commands share, as picocli mixins, and converters of option values.
@NullMarked
package dev.memfuse.cli.option;

import org.jspecify.annotations.NullMarked;
