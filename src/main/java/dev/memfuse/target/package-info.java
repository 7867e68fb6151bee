/// Other JVMs with HikariCP pools: their discovery, what is read from them, and changes of their pools. Knows no
/// engine.
@NullMarked
package dev.memfuse.target;

import org.jspecify.annotations.NullMarked;
