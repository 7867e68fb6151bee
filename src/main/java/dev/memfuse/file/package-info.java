/// Folders: removal.
@NullMarked
package dev.memfuse.file;

import org.jspecify.annotations.NullMarked;
