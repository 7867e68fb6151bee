package dev.memfuse.console.fx;

import java.net.URL;

/// Every FXML file of the program, and the only index of them. A test holds this list and the folder `fxml` together.
public enum FxmlView {
    /// The window: navigation, header, banner, page, status bar.
    SHELL("shell"),
    /// The line at the bottom of the window.
    STATUS_BAR("status_bar"),
    /// Keys and vocabulary, over the window.
    HELP("help"),
    /// How the engine ends, over the window.
    STOPPING("stopping"),
    /// The Live page.
    LIVE("live"),
    /// The row of numbers of the Live page.
    LIVE_TILES("live_tiles"),
    /// What an acknowledgement is worth, and what waits in the journal, on the Live page.
    LIVE_DURABILITY("live_durability"),
    /// The Load page.
    LOAD("load"),
    /// The form of the Load page.
    LOAD_FORM("load_form"),
    /// The result of the Load page.
    LOAD_RESULT("load_result"),
    /// The Flags page.
    FLAGS("flags"),
    /// Profiles and changes, beside the flags.
    FLAGS_SIDE("flags_side"),
    /// The Database page.
    DATABASE("database"),
    /// The Log page.
    LOG("log");

    private final String file;

    FxmlView(String name) {
        this.file = name + ".fxml";
    }

    /// The file's name inside the folder `fxml`.
    public String file() {
        return file;
    }

    /// Where the file is on the class path.
    ///
    /// @throws IllegalStateException when it is missing: the build is broken
    public URL url() {
        URL url = FxmlView.class.getResource("/fxml/" + file);
        if (url == null) {
            throw new IllegalStateException("The view fxml/" + file + " is not on the class path");
        }
        return url;
    }
}
