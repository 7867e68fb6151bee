/// A server with MemFuse's API as the target of loads.
@NullMarked
package dev.memfuse.load.remote;

import org.jspecify.annotations.NullMarked;
