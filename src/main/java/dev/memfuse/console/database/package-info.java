/// The Database page: where the data is, how the server is doing, and the connection test.
@NullMarked
package dev.memfuse.console.database;

import org.jspecify.annotations.NullMarked;
