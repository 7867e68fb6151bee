/// Targets over JMX: the attach API for processes of this machine, RMI for all, and the MBeans of HikariCP. Every call
/// has a time limit.
@NullMarked
package dev.memfuse.target.jmx;

import org.jspecify.annotations.NullMarked;
