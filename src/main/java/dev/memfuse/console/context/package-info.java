/// The services that the composition root hands to the window, grouped by what pages need.
@NullMarked
package dev.memfuse.console.context;

import org.jspecify.annotations.NullMarked;
