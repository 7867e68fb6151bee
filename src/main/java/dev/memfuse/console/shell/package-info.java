/// The frame of the window: navigation, status bar, page switching, saved state.
@NullMarked
package dev.memfuse.console.shell;

import org.jspecify.annotations.NullMarked;
