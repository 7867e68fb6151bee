/// Recordings of runs: one folder each, in a data folder, as one file for other machines, and read without the engine.
@NullMarked
package dev.memfuse.load.recording;

import org.jspecify.annotations.NullMarked;
