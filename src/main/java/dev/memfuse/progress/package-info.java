/// The progress of long work, as the work reports it. Depends on the JDK only.
@NullMarked
package dev.memfuse.progress;

import org.jspecify.annotations.NullMarked;
