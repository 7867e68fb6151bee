/// The load generator: simulated users, arrivals and the operations that they cause, in this process or in another one.
@NullMarked
package dev.memfuse.load.generator;

import org.jspecify.annotations.NullMarked;
