/// The records of an export: everything that belongs to one user, kind by kind.
@NullMarked
package dev.memfuse.engine.record;

import org.jspecify.annotations.NullMarked;
