/// The Flags page: every setting with its description, profiles with their differences, and undo.
@NullMarked
package dev.memfuse.console.flags;

import org.jspecify.annotations.NullMarked;
