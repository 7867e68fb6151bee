/// The window: navigation, status bar, page switching, remembered state.
@NullMarked
package dev.memfuse.console.shell;

import org.jspecify.annotations.NullMarked;
