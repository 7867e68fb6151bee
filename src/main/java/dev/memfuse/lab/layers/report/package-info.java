/// The files that hold a measurement of the layers.
@NullMarked
package dev.memfuse.lab.layers.report;

import org.jspecify.annotations.NullMarked;
