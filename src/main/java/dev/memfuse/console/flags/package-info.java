/// The Flags page: every setting with its meaning, profiles, differences and undo.
@NullMarked
package dev.memfuse.console.flags;

import org.jspecify.annotations.NullMarked;
