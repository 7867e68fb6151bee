/// The toolkit of the console: pages, tasks, the frame pump, coalescing, dialogs, themes.
/// The only place that starts background work or hops to the FX thread.
@NullMarked
package dev.memfuse.console.fx;

import org.jspecify.annotations.NullMarked;
