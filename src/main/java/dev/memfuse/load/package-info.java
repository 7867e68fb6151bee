/// Load runs: the definition of a workload, the service that runs it, and its result. Uses the API of the engine only.
@NullMarked
package dev.memfuse.load;

import org.jspecify.annotations.NullMarked;
