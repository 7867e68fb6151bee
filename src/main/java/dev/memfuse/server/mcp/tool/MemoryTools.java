package dev.memfuse.server.mcp.tool;

import java.util.List;
import java.util.stream.Stream;

/// All tools.
public final class MemoryTools {
    private MemoryTools() {}

    /// Returns the tools, with caches of their own.
    public static List<MemoryTool> all() {
        UserSessions sessions = new UserSessions();
        return Stream.of(new AddTool(sessions).tool(), new SearchTool(sessions).tool(), FactTools.list(),
                FactTools.history(), new SessionTools(sessions).recentMessages(), new SessionTools(sessions).list(),
                new DeleteTool(sessions).tool(), StatusTool.tool()).toList();
    }
}
