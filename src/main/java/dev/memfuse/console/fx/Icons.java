package dev.memfuse.console.fx;

/// The Ikonli literals in use, from Material 2: outlined, and filled where the outline of a small shape would look hollow. A test resolves each.
public final class Icons {
    public static final String LIVE = "mdomz-show_chart";
    public static final String LOAD = "mdomz-speed";
    public static final String FLAGS = "mdomz-tune";
    public static final String DATABASE = "mdomz-storage";
    public static final String LOG = "mdoal-article";

    public static final String RUN = "mdmz-play_arrow";
    public static final String STOP = "mdmz-stop";
    public static final String PAUSE = "mdmz-pause";
    public static final String UNDO = "mdomz-undo";
    public static final String SAVE = "mdomz-save";
    public static final String SEARCH = "mdomz-search";
    public static final String REFRESH = "mdomz-refresh";
    public static final String FOLDER = "mdoal-folder_open";
    public static final String CLOSE = "mdoal-close";
    public static final String COPY = "mdoal-content_copy";
    public static final String EXPORT = "mdomz-save_alt";
    public static final String LINK = "mdoal-link";
    public static final String LOCK = "mdoal-lock";
    public static final String COMPARE = "mdoal-compare_arrows";
    public static final String HISTORY = "mdoal-history";

    public static final String MORE = "mdoal-chevron_right";
    public static final String HELP = "mdoal-help_outline";
    public static final String DARK = "mdomz-nights_stay";
    public static final String LIGHT = "mdomz-wb_sunny";
    public static final String SYSTEM = "mdoal-brightness_auto";
    public static final String INFO = "mdoal-info";
    public static final String OK = "mdoal-check_circle";
    public static final String WARNING = "mdomz-warning";
    public static final String ERROR = "mdoal-error_outline";
    public static final String ALERTS = "mdomz-notifications_none";
    public static final String ALERTS_ACTIVE = "mdomz-notifications_active";

    private Icons() {}
}
