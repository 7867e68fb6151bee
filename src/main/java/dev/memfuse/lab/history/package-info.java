/// Recordings of the experiments of the lab, and runs that repeat a recorded one.
@NullMarked
package dev.memfuse.lab.history;

import org.jspecify.annotations.NullMarked;
