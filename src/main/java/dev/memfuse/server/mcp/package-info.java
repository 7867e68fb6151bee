/// The memory over the Model Context Protocol (MCP): streamable HTTP without sessions, one path for each user.
@NullMarked
package dev.memfuse.server.mcp;

import org.jspecify.annotations.NullMarked;
