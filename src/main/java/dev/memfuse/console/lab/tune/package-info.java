/// The section of the Advice page that tunes: a search for better settings, and the proof of the best.
@NullMarked
package dev.memfuse.console.lab.tune;

import org.jspecify.annotations.NullMarked;
