/// The program's log: its file in the data folder, the form of a line, its level, and the reader for the window.
///
/// The only package that knows Logback; everybody else logs through SLF4J. It knows the configuration's log level and
/// no other package of the program.
@NullMarked
package dev.memfuse.log;

import org.jspecify.annotations.NullMarked;
