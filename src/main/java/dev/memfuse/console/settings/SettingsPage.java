package dev.memfuse.console.settings;

import java.util.List;
import java.util.Map;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.DesktopFiles;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;

/// The Settings page: look, rates, what is kept, shortcuts and folders. Each change is in force at once.
public final class SettingsPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("settings", "Settings", Icons.SETTINGS, PageInfo.BOTTOM);

    private final SettingsViewModel model;
    private final VBox sections;

    /// @param folders the folders of the program
    public SettingsPage(Themes themes, Tunables tunables, List<Folder> folders, PageTools tools) {
        this(new SettingsViewModel(themes, tunables, folders, new DesktopFiles(), tools, FxThread.EXECUTOR));
    }

    private SettingsPage(SettingsViewModel model) {
        this(model, load(model));
    }

    private SettingsPage(SettingsViewModel model, ScrollPane view) {
        super(INFO, view);
        this.model = model;
        sections = (VBox) view.getContent().lookup("#sections");
    }

    /// Adds the shortcuts, which exist when all pages do.
    ///
    /// @param pages titles of the pages by id
    public void showKeys(Keymap keymap, Map<String, String> pages) {
        KeysViewModel keys = new KeysViewModel(keymap, pages);
        sections.getChildren().add(new FxmlViews(Map.of(KeysController.class, () -> new KeysController(keys)))
                .load(FxmlView.SETTINGS_KEYS));
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.of("settings.reset", "Reset the look to that of the first start", model::reset));
    }

    private static ScrollPane load(SettingsViewModel model) {
        return (ScrollPane) new FxmlViews(Map.of(SettingsController.class, () -> new SettingsController(model)))
                .load(FxmlView.SETTINGS);
    }
}
