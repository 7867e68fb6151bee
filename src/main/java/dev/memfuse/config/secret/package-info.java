/// Passwords, keys and tokens: names that hold one, and addresses that contain one. Nothing here prints a secret.
@NullMarked
package dev.memfuse.config.secret;

import org.jspecify.annotations.NullMarked;
