/// Conversion of a configuration of the MemFuse server in Python to one of this program.
@NullMarked
package dev.memfuse.config.convert;

import org.jspecify.annotations.NullMarked;
