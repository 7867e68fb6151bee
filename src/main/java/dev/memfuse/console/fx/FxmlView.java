package dev.memfuse.console.fx;

import java.net.URL;

/// Index of all FXML files. A test keeps it equal to the folder `fxml`.
public enum FxmlView {
    /// The window: navigation, header, banner, page, status bar.
    SHELL("shell"),
    /// The status bar of the window.
    STATUS_BAR("status_bar"),
    /// The help overlay: keys and vocabulary.
    HELP("help"),
    /// The guided path of a first start.
    GUIDE("guide"),
    /// The overlay that finds actions, settings and recordings.
    PALETTE("palette"),
    /// The overlay that shows the shutdown of the engine.
    STOPPING("stopping"),
    /// The overlay that says who uses the data folder.
    FOLDER_IN_USE("folder_in_use"),
    /// The Live page.
    LIVE("live"),
    /// The tiles of the Live page.
    LIVE_TILES("live_tiles"),
    /// Durability of acknowledgements and backlog of the journal, on the Live page.
    LIVE_DURABILITY("live_durability"),
    /// The figures of the selected span, on the Live page.
    LIVE_SPAN("live_span"),
    /// The choice of the recorded load beneath the charts, on the Live page.
    LIVE_BASELINE("live_baseline"),
    /// The Load page.
    LOAD("load"),
    /// The form of the Load page.
    LOAD_FORM("load_form"),
    /// The running load of the Load page.
    LOAD_RUNNING("load_running"),
    /// The result of the Load page.
    LOAD_RESULT("load_result"),
    /// The Flags page.
    FLAGS("flags"),
    /// Profiles and changes, beside the flags.
    FLAGS_SIDE("flags_side"),
    /// The job that builds a layer for what is stored already, on the Flags page.
    FLAGS_LAYERS("flags_layers"),
    /// The offer to measure one setting, on the Flags page.
    FLAGS_TRY("flags_try"),
    /// The settings as YAML, on the Flags page.
    FLAGS_YAML("flags_yaml"),
    /// The Database page.
    DATABASE("database"),
    /// The list of connections on the Database page.
    DATABASE_CONNECTIONS("database_connections"),
    /// The form for another database on the Database page.
    DATABASE_FORM("database_form"),
    /// The plans of statements on the Database page.
    DATABASE_PLANS("database_plans"),
    /// The data of loads on the Database page.
    DATABASE_LOAD("database_load"),
    /// The Server page.
    SERVER("server"),
    /// The requests of the Server page.
    SERVER_REQUESTS("server_requests"),
    /// The keys of the Server page.
    SERVER_KEYS("server_keys"),
    /// Sessions, locks, statements and tables of the server, on the Database page.
    DATABASE_SERVER("database_server"),
    /// The settings of the server, on the Database page.
    DATABASE_SETTINGS("database_settings"),
    /// The Pool page.
    POOL("pool"),
    /// The Targets page.
    TARGETS("targets"),
    /// Pools, charts and events of a target.
    TARGETS_POOLS("targets_pools"),
    /// Settings of a pool of a target, and their changes.
    TARGETS_CHANGES("targets_changes"),
    /// The Memory page.
    MEMORY("memory"),
    /// Users, sessions and actions on a user, on the Memory page.
    MEMORY_USERS("memory_users"),
    /// The conversation of a session.
    MEMORY_CONVERSATION("memory_conversation"),
    /// The Ask box with the reasons of hits.
    MEMORY_ASK("memory_ask"),
    /// The facts of a user.
    MEMORY_FACTS("memory_facts"),
    /// The episodes of a user.
    MEMORY_EPISODES("memory_episodes"),
    /// What waits in the buffers.
    MEMORY_BUFFERS("memory_buffers"),
    /// The dead letters.
    MEMORY_LETTERS("memory_letters"),
    /// The jobs that work on stored memory.
    MEMORY_JOBS("memory_jobs"),
    /// The Alerts page.
    ALERTS("alerts"),
    /// The rules of the Alerts page.
    ALERTS_RULES("alerts_rules"),
    /// The objectives of the Alerts page.
    ALERTS_OBJECTIVES("alerts_objectives"),
    /// The Settings page.
    SETTINGS("settings"),
    /// The shortcuts, on the Settings page.
    SETTINGS_KEYS("settings_keys"),
    /// The Log page.
    LOG("log"),
    /// The Compare page.
    COMPARE("compare"),
    /// The form of the Compare page.
    COMPARE_FORM("compare_form"),
    /// The running comparison.
    COMPARE_RUNNING("compare_running"),
    /// The result of a comparison.
    COMPARE_RESULT("compare_result"),
    /// The primary metric of a comparison pair by pair.
    COMPARE_PAIRS("compare_pairs"),
    /// Latency percentiles of both arms of a comparison.
    COMPARE_SPECTRA("compare_spectra"),
    /// Progress of a running experiment.
    EXPERIMENT_RUNNING("experiment_running"),
    /// The Scorecard page.
    SCORECARD("scorecard"),
    /// The form of the Scorecard page.
    SCORECARD_FORM("scorecard_form"),
    /// The phases of the plan, on the Scorecard page.
    SCORECARD_PHASES("scorecard_phases"),
    /// The promises of the plan on one network.
    SCORECARD_PROMISES("scorecard_promises"),
    /// The result of a scorecard.
    SCORECARD_RESULT("scorecard_result"),
    /// The Sweep page.
    SWEEP("sweep"),
    /// The form of the Sweep page.
    SWEEP_FORM("sweep_form"),
    /// Throughput and latency above the parameter of a sweep.
    SWEEP_CHARTS("sweep_charts"),
    /// The result of a sweep.
    SWEEP_RESULT("sweep_result"),
    /// The Advice page, with the section that tunes.
    ADVICE("advice"),
    /// The form of advice.
    ADVICE_FORM("advice_form"),
    /// The running trial of an advice.
    ADVICE_TRIAL("advice_trial"),
    /// Advice, a card each.
    ADVICE_RESULT("advice_result"),
    /// The section that tunes, on the Advice page.
    TUNE("tune"),
    /// The form of a tuning.
    TUNE_FORM("tune_form"),
    /// The result of a tuning.
    TUNE_RESULT("tune_result"),
    /// The History page.
    HISTORY("history"),
    /// The selected recording of the History page.
    HISTORY_RECORDING("history_recording"),
    /// Two recordings side by side.
    HISTORY_BOTH("history_both");

    private final String file;

    FxmlView(String name) {
        this.file = name + ".fxml";
    }

    /// Returns the name of the file in the folder `fxml`.
    public String file() {
        return file;
    }

    /// Returns the location of the file on the class path.
    ///
    /// @throws IllegalStateException when the file is missing
    public URL url() {
        URL url = FxmlView.class.getResource("/fxml/" + file);
        if (url == null) {
            throw new IllegalStateException("The view fxml/" + file + " is not on the class path");
        }
        return url;
    }
}
