/// The Scorecard page.
@NullMarked
package dev.memfuse.console.lab.scorecard;

import org.jspecify.annotations.NullMarked;
