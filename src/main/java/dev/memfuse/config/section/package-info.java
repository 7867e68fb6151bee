/// One record per section of the configuration, and the enumerations of its choices. The component names are MemFuse's
/// YAML keys in camelCase.
@NullMarked
package dev.memfuse.config.section;

import org.jspecify.annotations.NullMarked;
