/// The configuration of the program, [dev.memfuse.config.MemFuseConfig], and [dev.memfuse.config.Tunables], which holds
/// the configuration in force. Depends on the JDK and Jackson only.
@NullMarked
package dev.memfuse.config;

import org.jspecify.annotations.NullMarked;
