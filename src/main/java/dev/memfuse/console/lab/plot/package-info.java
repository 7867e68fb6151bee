/// Plots of the lab's pages, which are read by arrow keys.
@NullMarked
package dev.memfuse.console.lab.plot;

import org.jspecify.annotations.NullMarked;
