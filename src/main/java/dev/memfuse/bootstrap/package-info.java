/// The composition root: constructs all services, and starts and stops them in order.
///
/// [dev.memfuse.bootstrap.DefaultProgramServices] opens one AppGraph for a command. The graph holds the
/// LocalEngineHost. The host holds, while the engine runs, an EngineStack at an EngineLocation. The stack holds the
/// engine with its server, pool, store, journal and indexes.
@NullMarked
package dev.memfuse.bootstrap;

import org.jspecify.annotations.NullMarked;
