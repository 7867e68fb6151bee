/// Files that hold advice and its trials.
@NullMarked
package dev.memfuse.lab.advice.report;

import org.jspecify.annotations.NullMarked;
