package dev.memfuse.console;

import java.time.Clock;
import java.util.List;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.database.DatabasePage;
import dev.memfuse.console.flags.FlagsPage;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.live.LivePage;
import dev.memfuse.console.live.LiveSources;
import dev.memfuse.console.load.LoadPage;

/// The pages of the window. A new page is added here and nowhere else in the window. Used on the FX thread.
///
/// @param load the page whose form describes the load that the window starts
/// @param all every page, in the order of the navigation
record ConsolePages(LoadPage load, List<Page> all) {

    /// Creates the pages.
    ///
    /// @param startLoad starts the load of the Load page, or shows why it cannot
    static ConsolePages create(ConsoleContext context, PageTools tools, Runnable startLoad) {
        LoadPage load = new LoadPage(context.loads(), context.engine().host(), tools);
        return new ConsolePages(load, List.of(
                new LivePage(liveSources(context), tools.tasks(), startLoad),
                load,
                new FlagsPage(context.settings(), tools),
                new DatabasePage(context.engine(), context.settings().tunables(), tools.tasks())));
    }

    private static LiveSources liveSources(ConsoleContext context) {
        return new LiveSources(context.monitoring().hub(), () -> context.settings().tunables().get().buffer(),
                () -> context.engine().host().engine(), Clock.systemUTC());
    }
}
