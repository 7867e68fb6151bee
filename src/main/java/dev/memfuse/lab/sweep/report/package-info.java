/// Files that hold a sweep.
@NullMarked
package dev.memfuse.lab.sweep.report;

import org.jspecify.annotations.NullMarked;
