/// Services that the composition root passes to the window.
@NullMarked
package dev.memfuse.console.context;

import org.jspecify.annotations.NullMarked;
