package dev.memfuse.console.fx;

/// The Ikonli literals in use by code, from Material 2: outlined, or filled where the outline of a small shape looks
/// hollow. A test resolves each.
public final class Icons {
    public static final String LIVE = "mdomz-show_chart";
    public static final String LOAD = "mdomz-speed";
    public static final String FLAGS = "mdomz-tune";
    public static final String DATABASE = "mdomz-storage";
    public static final String SERVER = "mdoal-dns";
    public static final String MEMORY = "mdomz-question_answer";
    public static final String POOL = "mdoal-device_hub";
    public static final String TARGETS = "mdomz-settings_remote";
    public static final String LOG = "mdoal-article";
    public static final String COMPARE = "mdoal-compare_arrows";

    public static final String RUN = "mdmz-play_arrow";
    public static final String STOP = "mdmz-stop";
    public static final String PAUSE = "mdmz-pause";
    public static final String REFRESH = "mdomz-refresh";
    public static final String LOCK = "mdoal-lock";
    public static final String HISTORY = "mdoal-history";
    public static final String SAVE = "mdomz-save_alt";
    public static final String SCORECARD = "mdoal-fact_check";
    public static final String SWEEP = "mdoal-insights";
    public static final String ADVICE = "mdoal-assistant";
    public static final String PIN = "mdomz-push_pin";

    public static final String SETTINGS = "mdomz-settings";

    public static final String MENU = "mdmz-more_vert";
    public static final String MORE = "mdoal-chevron_right";
    public static final String INFO = "mdoal-info";
    public static final String OK = "mdoal-check_circle";
    public static final String WARNING = "mdomz-warning";
    public static final String ERROR = "mdoal-error_outline";
    public static final String ALERTS = "mdomz-notifications_none";
    public static final String ALERTS_ACTIVE = "mdomz-notifications_active";

    private Icons() {}
}
