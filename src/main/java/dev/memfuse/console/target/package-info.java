/// The Targets page: other JVMs with HikariCP, their pools, and changes of these after a question.
@NullMarked
package dev.memfuse.console.target;

import org.jspecify.annotations.NullMarked;
