/// Files that hold a tuning.
@NullMarked
package dev.memfuse.lab.tune.report;

import org.jspecify.annotations.NullMarked;
