/// Advice: stateless rules over what was observed of an engine under load, its configuration and its database server.
@NullMarked
package dev.memfuse.lab.advice;

import org.jspecify.annotations.NullMarked;
