/// The command palette: finds actions, settings, recordings and whatever else has a name, and opens them by keyboard.
@NullMarked
package dev.memfuse.console.palette;

import org.jspecify.annotations.NullMarked;
