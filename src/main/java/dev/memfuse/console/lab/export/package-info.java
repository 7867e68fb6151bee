/// Writes results of the lab's pages to files.
@NullMarked
package dev.memfuse.console.lab.export;

import org.jspecify.annotations.NullMarked;
