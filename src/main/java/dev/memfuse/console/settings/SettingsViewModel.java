package dev.memfuse.console.settings;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Executor;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.FileOpener;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Preferences;
import dev.memfuse.console.fx.Themes;

/// View model of the Settings page: the look, the settings of the engine that concern the program, and the folders. FX
/// thread only.
final class SettingsViewModel {
    private static final List<Integer> SAMPLE_RATES = List.of(1, 2, 5, 10, 20);
    private static final List<Integer> RECORDINGS_MIB = List.of(0, 256, 1024, 4096, 16_384);

    private final Themes themes;
    private final PageTools tools;
    private final List<Folder> folders;
    private final FileOpener opener;
    private final EngineChoice<Integer> sampleRate;
    private final EngineChoice<Integer> recordings;
    private final EngineChoice<LogLevel> logLevel;

    /// @param folders the folders of the program
    /// @param fx executor of the FX thread
    SettingsViewModel(Themes themes, Tunables tunables, List<Folder> folders, FileOpener opener, PageTools tools,
            Executor fx) {
        this.themes = themes;
        this.tools = tools;
        this.folders = List.copyOf(folders);
        this.opener = opener;
        sampleRate = new EngineChoice<>("monitoring.sample_rate", Integer.class, SAMPLE_RATES, tunables, tools, fx);
        recordings = new EngineChoice<>("load.recordings_mib", Integer.class, RECORDINGS_MIB, tunables, tools, fx);
        logLevel = new EngineChoice<>("monitoring.log_level", LogLevel.class, List.of(LogLevel.values()), tunables,
                tools, fx);
    }

    /// Opens a folder in the program of the desktop, or says where it is.
    void open(Folder folder) {
        tools.tasks().call("open folder", () -> {
            Files.createDirectories(folder.path());
            return opener.open(folder.path());
        }).onSuccess(opened -> {
            if (!opened) {
                tools.inform().accept("This desktop opens no folders. " + folder.name() + ": " + folder.path());
            }
        }).start();
    }

    /// Sets theme and preferences to what they were at the first start.
    void reset() {
        preferences().reset();
        themes.choose(Themes.Choice.SYSTEM);
        tools.inform().accept("The look is as at the first start.");
    }

    /// Returns the themes of the window.
    Themes themes() {
        return themes;
    }

    /// Returns the choices for the window.
    Preferences preferences() {
        return tools.preferences();
    }

    /// Returns the folders of the program.
    List<Folder> folders() {
        return folders;
    }

    /// Returns the samples per second.
    EngineChoice<Integer> sampleRate() {
        return sampleRate;
    }

    /// Returns the maximum size of all recordings in MiB.
    EngineChoice<Integer> recordings() {
        return recordings;
    }

    /// Returns the lowest severity in the log.
    EngineChoice<LogLevel> logLevel() {
        return logLevel;
    }
}
