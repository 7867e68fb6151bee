/// Toolkit of the console: page frame, background tasks, frame pump, formats, themes.
/// Background work and calls to the FX thread start only here.
@NullMarked
package dev.memfuse.console.fx;

import org.jspecify.annotations.NullMarked;
