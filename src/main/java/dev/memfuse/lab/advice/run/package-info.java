/// Runs the load that advice is derived from, and tries an advice by a comparison.
@NullMarked
package dev.memfuse.lab.advice.run;

import org.jspecify.annotations.NullMarked;
