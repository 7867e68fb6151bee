package dev.memfuse.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import javafx.beans.value.ObservableValue;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.alerts.AlertsPage;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.database.DatabasePage;
import dev.memfuse.console.flags.FlagsPage;
import dev.memfuse.console.fx.DesktopFiles;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.TaskRunner;
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
import dev.memfuse.console.palette.PaletteSource;
import dev.memfuse.console.pool.PoolPage;
import dev.memfuse.console.server.ServerPage;
import dev.memfuse.console.settings.Folder;
import dev.memfuse.console.settings.SettingsPage;
import dev.memfuse.console.shell.PageSwitch;
import dev.memfuse.console.shell.UserSearch;
import dev.memfuse.console.shell.WindowPalette;
import dev.memfuse.console.target.TargetsPage;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SteadyClock;
import org.jspecify.annotations.Nullable;

/// The pages of the window; the one place in the window that lists them. None is built before it is needed. FX thread
/// only.
final class ConsolePages {
    private final ConsoleContext context;
    private final Actions actions;
    private final LazyPage<LivePage> live;
    private final LazyPage<LoadPage> load;
    private final LazyPage<FlagsPage> flags;
    private final LazyPage<MemoryPage> memory;
    private final LazyPage<LogPage> log;
    private final LazyPage<ComparePage> compare;
    private final LazyPage<ScorecardPage> scorecard;
    private final LazyPage<SweepPage> sweep;
    private final LazyPage<AdvicePage> advice;
    private final LazyPage<HistoryPage> history;
    private final LazyPage<SettingsPage> settings;
    private final List<LazyPage<?>> all;

    /// What pages ask of the window.
    ///
    /// @param startLoad starts the load of the Load page, or shows why it cannot
    /// @param showLog shows the log at a moment
    /// @param showPage opens the page with an id
    record Actions(Runnable startLoad, Consumer<Instant> showLog, Consumer<String> showPage) {}

    /// @param shown snapshot that the status bar shows
    ConsolePages(ConsoleContext context, PageTools tools, Themes themes, Actions actions,
            ObservableValue<@Nullable MetricsSnapshot> shown) {
        this.context = context;
        this.actions = actions;
        EngineHost host = context.engine().host();
        Tunables tunables = context.settings().tunables();
        live = new LazyPage<>(LivePage.INFO, () -> new LivePage(liveSources(context, shown), tools,
                actions.startLoad(), actions.showLog()));
        load = new LazyPage<>(LoadPage.INFO,
                () -> new LoadPage(context.loads(), context.scenarios(), host, tunables, tools));
        flags = new LazyPage<>(FlagsPage.INFO, () -> new FlagsPage(context.settings(), context.lab(),
                () -> host.engine().map(MemoryEngine::layerBuild),
                new FlagsPage.Targets(this::showMoment, () -> actions.showPage().accept(ComparePage.INFO.id())),
                tools));
        memory = new LazyPage<>(MemoryPage.INFO, () -> new MemoryPage(host, tools));
        log = new LazyPage<>(LogPage.INFO, () -> new LogPage(context.log(), tools));
        compare = new LazyPage<>(ComparePage.INFO, () -> new ComparePage(context.lab(), tunables, host, tools));
        scorecard = new LazyPage<>(ScorecardPage.INFO,
                () -> new ScorecardPage(context.lab(), context.settings(), host, this::offer, tools));
        sweep = new LazyPage<>(SweepPage.INFO, () -> new SweepPage(context.lab(), tunables, host, tools));
        advice = new LazyPage<>(AdvicePage.INFO,
                () -> new AdvicePage(context.lab(), tunables, host, this::showMoment, tools));
        history = new LazyPage<>(HistoryPage.INFO,
                () -> new HistoryPage(context.lab().recordings(), tunables, historyTargets(), tools));
        settings = new LazyPage<>(SettingsPage.INFO,
                () -> new SettingsPage(themes, tunables, folders(context), tools));
        all = List.of(live, load, flags,
                new LazyPage<>(DatabasePage.INFO,
                        () -> new DatabasePage(context.engine(), context.loads(), context.settings(), tools)),
                memory,
                new LazyPage<>(PoolPage.INFO, () -> new PoolPage(context.monitoring().hub(), tunables, tools)),
                new LazyPage<>(AlertsPage.INFO,
                        () -> new AlertsPage(context.monitoring().monitor(), tunables, this::showMoment, tools)),
                log, new LazyPage<>(ServerPage.INFO, () -> new ServerPage(context.server(), host, tools)),
                new LazyPage<>(TargetsPage.INFO,
                        () -> new TargetsPage(context.targets(), SteadyClock.process(), tools)),
                compare, scorecard, sweep, advice, history, settings);
    }

    /// Returns every page, in the order of the navigation.
    List<LazyPage<?>> all() {
        return all;
    }

    /// Builds one page that does not exist yet.
    ///
    /// @return false when all exist
    boolean buildNext() {
        return all.stream().filter(page -> !page.isBuilt()).findFirst().map(LazyPage::get).isPresent();
    }

    /// Returns the Load page; its form describes the load that the window starts.
    LoadPage load() {
        return load.get();
    }

    /// Returns the Log page, the target of failures and of moments in charts.
    LogPage log() {
        return log.get();
    }

    /// Returns what the command palette finds.
    ///
    /// @param keymap actions of the window and of all pages
    List<PaletteSource> palette(Keymap keymap, PageSwitch pages, TaskRunner tasks) {
        return List.of(WindowPalette.actions(keymap, pages), WindowPalette.settings(path -> {
            pages.show(flags.id());
            flags.get().reveal(path);
        }), WindowPalette.recordings(context.lab().recordings(), tasks, id -> {
            pages.show(history.id());
            history.get().reveal(id);
        }), new UserSearch(context.engine().host()::engine, tasks, (user, session) -> {
            pages.show(memory.id());
            memory.get().reveal(user, session);
        }));
    }

    /// Returns the Settings page, which gets the shortcuts of all pages.
    SettingsPage settings() {
        return settings.get();
    }

    /// Closes what a page holds open.
    void close() {
        if (log.isBuilt()) {
            log.get().close();
        }
    }

    private void showMoment(Instant moment) {
        if (live.get().show(moment)) {
            actions.showPage().accept(LivePage.INFO.id());
        } else {
            // The charts keep some minutes, the log more.
            actions.showLog().accept(moment);
        }
    }

    private void offer(List<String> a, List<String> b) {
        compare.get().offer(a, b);
        actions.showPage().accept(ComparePage.INFO.id());
    }

    private HistoryTargets historyTargets() {
        return new HistoryTargets(opening(compare, ComparePage::show), opening(scorecard, ScorecardPage::show),
                opening(sweep, SweepPage::show), opening(advice, AdvicePage::show), opening(advice, AdvicePage::show),
                opening(advice, AdvicePage::show), opening(load, LoadPage::show), opening(live, LivePage::baseline),
                new DesktopFiles());
    }

    /// Returns the action that shows a recording in a page.
    private <P extends Page, R> Consumer<R> opening(LazyPage<P> page, BiConsumer<P, R> show) {
        return recorded -> {
            show.accept(page.get(), recorded);
            actions.showPage().accept(page.id());
        };
    }

    private static List<Folder> folders(ConsoleContext context) {
        List<Folder> folders = new ArrayList<>(List.of(new Folder("Data of the program", context.stateFolder()),
                new Folder("Recordings", context.lab().recordings().folder())));
        context.log().file().map(Path::getParent).ifPresent(folder -> folders.add(new Folder("Log", folder)));
        return folders;
    }

    private static LiveSources liveSources(ConsoleContext context,
            ObservableValue<@Nullable MetricsSnapshot> shown) {
        return new LiveSources(context.monitoring().hub(), () -> context.settings().tunables().get().buffer(),
                () -> context.engine().host().engine(), SteadyClock.process(),
                counts -> {
                    LlmConfig llm = context.settings().tunables().get().llm();
                    return counts.centsPer1000Turns(llm.promptPrice(), llm.answerPrice());
                }, shown, context.monitoring().monitor()::metricLimits, context.lab().recordings(),
                context.lab().observe());
    }
}
