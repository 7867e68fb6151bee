/// PostgreSQL's programs: their archive, unpacking, the account they run under, and running one to its end.
@NullMarked
package dev.memfuse.postgres.program;

import org.jspecify.annotations.NullMarked;
