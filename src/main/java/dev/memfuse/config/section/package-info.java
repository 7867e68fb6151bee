/// The sections of the configuration, one record each, and their enumerations. The records bind to MemFuse's YAML keys.
@NullMarked
package dev.memfuse.config.section;

import org.jspecify.annotations.NullMarked;
