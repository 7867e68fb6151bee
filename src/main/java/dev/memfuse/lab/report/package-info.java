/// The page that reports of experiments are made of.
@NullMarked
package dev.memfuse.lab.report;

import org.jspecify.annotations.NullMarked;
