/// Folders on the disk: removal, permissions, and a lock held by one process at a time. Depends on the JDK alone.
@NullMarked
package dev.memfuse.file;

import org.jspecify.annotations.NullMarked;
