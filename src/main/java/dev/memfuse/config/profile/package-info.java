/// Named configurations: shipped with the program, or saved by the user.
@NullMarked
package dev.memfuse.config.profile;

import org.jspecify.annotations.NullMarked;
