/// PostgreSQL's programs: the archive, unpacking, the account that runs them, and the execution of a program.
@NullMarked
package dev.memfuse.postgres.program;

import org.jspecify.annotations.NullMarked;
