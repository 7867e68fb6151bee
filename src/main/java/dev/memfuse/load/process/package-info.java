/// The load generator in a second JVM: its process, the channel to it, and both ends of the channel.
@NullMarked
package dev.memfuse.load.process;

import org.jspecify.annotations.NullMarked;
