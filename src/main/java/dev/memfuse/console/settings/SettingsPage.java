package dev.memfuse.console.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javafx.scene.Node;
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
import dev.memfuse.console.fx.Scrolling;
import dev.memfuse.console.fx.Themes;

/// The Settings page: look, rates, what is kept, shortcuts and folders. Each change is in force at once.
public final class SettingsPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("settings", "Settings", Icons.SETTINGS, PageInfo.BOTTOM);

    private final SettingsViewModel model;
    private final ScrollPane view;
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
        this.view = view;
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
        return Stream.of(
                Stream.of(Action.of("settings.reset", "Reset the look to that of the first start", model::reset),
                        reveal("theme", "Choose the theme of the window: light, dark or that of the system"),
                        reveal("accent", "Choose the accent colour of the window"),
                        reveal("textSize", "Change the text size of the window: its font"),
                        reveal("compact", "Show compact tables, or tables with high rows"),
                        reveal("redraws", "Choose how often to redraw the charts in a second"),
                        reveal("notify", "Switch desktop notifications of alerts on or off"),
                        reveal("sampleRate", "Choose the number of samples of all gauges in a second"),
                        reveal("recordings", "Choose the size of all recordings"),
                        reveal("logLevel", "Choose the log level: the lowest severity in the log"),
                        reveal("keys", "Change the shortcuts: the keys of all actions")),
                model.folders().stream().map(folder -> Action.of("settings.folder." + folder.name(),
                        "Open the folder: " + folder.name(), () -> model.open(folder)).onlyFound()))
                .flatMap(actions -> actions).toList();
    }

    /// Returns the action that goes to a control. A search finds it by its words; the shortcuts do not list it.
    private Action reveal(String id, String title) {
        return Action.of("settings." + id, title, () -> {
            Node control = view.getContent().lookup("#" + id);
            if (control != null) {
                // First: the content of a scroll pane is in the scene only after its layout.
                Scrolling.reveal(view, control);
                control.requestFocus();
            }
        }).onlyFound();
    }

    private static ScrollPane load(SettingsViewModel model) {
        return (ScrollPane) new FxmlViews(Map.of(SettingsController.class, () -> new SettingsController(model)))
                .load(FxmlView.SETTINGS);
    }
}
