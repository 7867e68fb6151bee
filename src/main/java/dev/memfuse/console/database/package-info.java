/// The Database page: database in use, connection test, and switch to another server.
@NullMarked
package dev.memfuse.console.database;

import org.jspecify.annotations.NullMarked;
