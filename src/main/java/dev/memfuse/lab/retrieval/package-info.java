/// Experiments on an engine that runs: what they measure and how it is judged. Knows the engine by its API.
@NullMarked
package dev.memfuse.lab.retrieval;

import org.jspecify.annotations.NullMarked;
