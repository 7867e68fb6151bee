/// The Compare page: two settings under the same load, and which is better. Shows what `lab.compare` measures and
/// judges; computes nothing itself.
@NullMarked
package dev.memfuse.console.lab.compare;

import org.jspecify.annotations.NullMarked;
