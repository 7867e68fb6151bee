/// Records of an export: all data of one user, by kind.
@NullMarked
package dev.memfuse.engine.record;

import org.jspecify.annotations.NullMarked;
