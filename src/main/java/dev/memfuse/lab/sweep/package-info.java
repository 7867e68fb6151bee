/// Throughput and latency against one parameter, with the Universal Scalability Law fitted and Little's law checked.
@NullMarked
package dev.memfuse.lab.sweep;

import org.jspecify.annotations.NullMarked;
