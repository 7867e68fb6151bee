/// Named addresses of databases that the user saved, without any secret.
@NullMarked
package dev.memfuse.config.connection;

import org.jspecify.annotations.NullMarked;
