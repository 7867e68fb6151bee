/// The program's log: its file in the data folder, the form of a line, its level, and the reader for the window.
///
/// The only package that uses Logback; all others log through SLF4J. It depends on the log level of the configuration
/// and on the locks and permissions of files.
@NullMarked
package dev.memfuse.log;

import org.jspecify.annotations.NullMarked;
