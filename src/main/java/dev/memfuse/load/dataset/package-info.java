/// Data sets of conversations in files: several forms, recognized by their content and read as streams.
@NullMarked
package dev.memfuse.load.dataset;

import org.jspecify.annotations.NullMarked;
