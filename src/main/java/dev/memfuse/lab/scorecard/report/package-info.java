/// Files that hold a scorecard.
@NullMarked
package dev.memfuse.lab.scorecard.report;

import org.jspecify.annotations.NullMarked;
