/// The Sweep page.
@NullMarked
package dev.memfuse.console.lab.sweep;

import org.jspecify.annotations.NullMarked;
