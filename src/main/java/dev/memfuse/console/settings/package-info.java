/// The Settings page: choices for the program, not for the engine.
@NullMarked
package dev.memfuse.console.settings;

import org.jspecify.annotations.NullMarked;
