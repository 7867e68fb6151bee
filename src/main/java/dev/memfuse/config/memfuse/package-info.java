/// The configuration of the MemFuse server in Python, a tree of files that Hydra composes: reads and recognizes it.
@NullMarked
package dev.memfuse.config.memfuse;

import org.jspecify.annotations.NullMarked;
