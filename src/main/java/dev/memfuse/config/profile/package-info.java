/// Named configurations: those shipped with the program and those saved by the user.
@NullMarked
package dev.memfuse.config.profile;

import org.jspecify.annotations.NullMarked;
