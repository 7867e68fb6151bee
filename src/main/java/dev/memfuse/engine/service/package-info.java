/// The per-user services, their cache, and the assembly of one engine from config, store and models.
@NullMarked
package dev.memfuse.engine.service;

import org.jspecify.annotations.NullMarked;
