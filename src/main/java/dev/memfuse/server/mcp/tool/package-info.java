/// The tools by which language models use the memory of one user. They know the engine, and no protocol.
@NullMarked
package dev.memfuse.server.mcp.tool;

import org.jspecify.annotations.NullMarked;
