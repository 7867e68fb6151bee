/// PostgreSQL: connection managers, SQL, migrations and the embedded server. Implements the engine's ports;
/// no connection and no SQLException leaves this package.
@NullMarked
package dev.memfuse.store;

import org.jspecify.annotations.NullMarked;
