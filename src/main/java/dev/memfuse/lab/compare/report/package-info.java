/// Files about a comparison: HTML and CSV.
@NullMarked
package dev.memfuse.lab.compare.report;

import org.jspecify.annotations.NullMarked;
