package dev.memfuse.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javafx.beans.value.ObservableValue;

import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.console.alerts.AlertsPage;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.database.DatabasePage;
import dev.memfuse.console.flags.FlagsPage;
import dev.memfuse.console.fx.DesktopFiles;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.lab.advice.AdvicePage;
import dev.memfuse.console.lab.compare.ComparePage;
import dev.memfuse.console.lab.history.HistoryPage;
import dev.memfuse.console.lab.history.HistoryTargets;
import dev.memfuse.console.lab.scorecard.ScorecardPage;
import dev.memfuse.console.lab.sweep.SweepPage;
import dev.memfuse.console.live.LivePage;
import dev.memfuse.console.live.LiveSources;
import dev.memfuse.console.load.LoadPage;
import dev.memfuse.console.log.LogPage;
import dev.memfuse.console.memory.MemoryPage;
import dev.memfuse.console.pool.PoolPage;
import dev.memfuse.console.server.ServerPage;
import dev.memfuse.console.settings.Folder;
import dev.memfuse.console.settings.SettingsPage;
import dev.memfuse.console.target.TargetsPage;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SteadyClock;
import org.jspecify.annotations.Nullable;

/// The pages of the window; the one place in the window that lists them. FX thread only.
///
/// @param load the Load page; its form describes the load that the window starts
/// @param log the Log page, the target of failures and of moments in charts
/// @param flags the Flags page, which shows one setting
/// @param history the History page, which shows one recording
/// @param memory the Memory page, which shows one user and session
/// @param settings the Settings page, which gets the shortcuts of all pages
/// @param all every page, in the order of the navigation
record ConsolePages(LoadPage load, LogPage log, FlagsPage flags, HistoryPage history, MemoryPage memory,
        SettingsPage settings, List<Page> all) {

    /// What pages ask of the window.
    ///
    /// @param startLoad starts the load of the Load page, or shows why it cannot
    /// @param showLog shows the log at a moment
    /// @param showPage opens the page with an id
    record Actions(Runnable startLoad, Consumer<Instant> showLog, Consumer<String> showPage) {}

    /// Creates the pages.
    ///
    /// @param shown snapshot that the status bar shows
    static ConsolePages create(ConsoleContext context, PageTools tools, Themes themes, Actions actions,
            ObservableValue<@Nullable MetricsSnapshot> shown) {
        LoadPage load = new LoadPage(context.loads(), context.scenarios(), context.engine().host(),
                context.settings().tunables(),
                tools);
        LogPage log = new LogPage(context.log(), tools);
        ComparePage compare = new ComparePage(context.lab(), context.settings().tunables(), context.engine().host(),
                tools);
        SweepPage sweep = new SweepPage(context.lab(), context.settings().tunables(), context.engine().host(), tools);
        ScorecardPage scorecard = new ScorecardPage(context.lab(), context.settings(), context.engine().host(),
                (a, b) -> {
                    compare.offer(a, b);
                    actions.showPage().accept(compare.id());
                }, tools);
        LivePage live = new LivePage(liveSources(context, shown), tools, actions.startLoad(),
                actions.showLog());
        Consumer<Instant> showMoment = moment -> {
            if (live.show(moment)) {
                actions.showPage().accept(live.id());
            } else {
                // The charts keep some minutes, the log more.
                actions.showLog().accept(moment);
            }
        };
        AdvicePage advice = new AdvicePage(context.lab(), context.settings().tunables(), context.engine().host(),
                showMoment, tools);
        AlertsPage alerts = new AlertsPage(context.monitoring().monitor(), context.settings().tunables(), showMoment,
                tools);
        FlagsPage flags = new FlagsPage(context.settings(), context.lab(),
                () -> context.engine().host().engine().map(MemoryEngine::layerBuild),
                new FlagsPage.Targets(showMoment, () -> actions.showPage().accept(compare.id())), tools);
        HistoryPage history = new HistoryPage(context.lab().recordings(), context.settings().tunables(),
                new HistoryTargets(opening(compare, compare::show, actions),
                        opening(scorecard, scorecard::show, actions), opening(sweep, sweep::show, actions),
                        opening(advice, advice::show, actions), opening(advice, advice::show, actions),
                        opening(advice, advice::show, actions), opening(load, load::show, actions),
                        DesktopFiles::open),
                tools);
        SettingsPage settings = new SettingsPage(themes, context.settings().tunables(), folders(context), tools);
        MemoryPage memory = new MemoryPage(context.engine().host(), tools);
        return new ConsolePages(load, log, flags, history, memory, settings, List.of(live, load, flags,
                new DatabasePage(context.engine(), context.loads(), context.settings().tunables(), tools),
                memory,
                new PoolPage(context.monitoring().hub(), context.settings().tunables(), tools), alerts, log,
                new ServerPage(context.server(), context.engine().host(), tools),
                new TargetsPage(context.targets(), SteadyClock.process(), tools), compare, scorecard, sweep, advice,
                history, settings));
    }

    private static List<Folder> folders(ConsoleContext context) {
        List<Folder> folders = new ArrayList<>(List.of(new Folder("Data of the program", context.stateFolder()),
                new Folder("Recordings", context.lab().recordings().folder())));
        context.log().file().map(Path::getParent).ifPresent(folder -> folders.add(new Folder("Log", folder)));
        return folders;
    }

    /// Returns the action that shows a recording in a page.
    private static <R> Consumer<R> opening(Page page, Consumer<R> show, Actions actions) {
        return recorded -> {
            show.accept(recorded);
            actions.showPage().accept(page.id());
        };
    }

    private static LiveSources liveSources(ConsoleContext context,
            ObservableValue<@Nullable MetricsSnapshot> shown) {
        return new LiveSources(context.monitoring().hub(), () -> context.settings().tunables().get().buffer(),
                () -> context.engine().host().engine(), SteadyClock.process(),
                counts -> {
                    LlmConfig llm = context.settings().tunables().get().llm();
                    return counts.centsPer1000Turns(llm.promptPrice(), llm.answerPrice());
                }, shown);
    }
}
