/// The Alerts page: alerts now and since the start, the rules that raise them, and objectives with their burn rates.
@NullMarked
package dev.memfuse.console.alerts;

import org.jspecify.annotations.NullMarked;
