package dev.memfuse.console.shell;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.action.ActionTooltip;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.host.EngineState;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The frame of the window around the pages.
public final class ShellController {
    private static final PseudoClass COLLAPSED = PseudoClass.getPseudoClass("collapsed");
    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    /// Width in pixels below which the navigation shows icons only.
    private static final double COLLAPSE_BELOW = 900;

    /// Id of the page that has its own start button.
    private static final String LOAD_PAGE = "load";

    @FXML
    private StackPane root;
    @FXML
    private VBox nav;
    @FXML
    private VBox navItems;
    @FXML
    private VBox navBottom;
    @FXML
    private ScrollPane navScroll;
    @FXML
    private Label brand;
    @FXML
    private Button searchButton;
    @FXML
    private Button helpButton;
    @FXML
    private HBox banner;
    @FXML
    private FontIcon bannerIcon;
    @FXML
    private Button bannerLog;
    @FXML
    private Button bannerCopy;
    @FXML
    private Button retry;
    @FXML
    private Label bannerProblem;
    @FXML
    private Label bannerAdvice;
    @FXML
    private HBox starting;
    @FXML
    private Label startingStep;
    @FXML
    private ProgressBar startingProgress;
    @FXML
    private Label title;
    @FXML
    private Label readOnly;
    @FXML
    private Switch bypass;
    @FXML
    private Label loadText;
    @FXML
    private Button run;
    @FXML
    private StackPane holder;
    @FXML
    private HBox notification;

    private final ShellViewModel model;
    private final PageSwitch pages;
    private final Notifications notifications;
    private final Keymap keymap;
    private final LogLink log;

    /// @param keymap actions of the buttons and their shortcuts
    /// @param log target of failures
    public ShellController(ShellViewModel model, PageSwitch pages, Notifications notifications, Keymap keymap,
            LogLink log) {
        this.model = model;
        this.notifications = notifications;
        this.pages = pages;
        this.keymap = keymap;
        this.log = log;
    }

    @FXML
    void initialize() {
        Navigation navigation = new Navigation(pages, keymap, navItems, navBottom);
        root.widthProperty().map(width -> width.doubleValue() < COLLAPSE_BELOW).subscribe(narrow -> {
            root.pseudoClassStateChanged(NARROW, narrow);
            nav.pseudoClassStateChanged(COLLAPSED, narrow);
            navigation.collapse(narrow);
            ContentDisplay display = narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
            brand.setContentDisplay(display);
            searchButton.setContentDisplay(display);
            helpButton.setContentDisplay(display);
        });
        pages.currentProperty().subscribe(page -> {
            title.setText(page.title());
            navigation.reveal(page, navScroll);
            holder.getChildren().setAll(page.view());
            Visibility.set(run, !page.id().equals(LOAD_PAGE));
        });
        new NotificationBar(notification, notifications, log);
        explainShortcuts();
        showState();
        showLoad();
    }

    private void explainShortcuts() {
        ActionTooltip.install(searchButton, "Pages, actions, settings and recordings", WindowActions.PALETTE, keymap);
        ActionTooltip.install(helpButton, "Keys and vocabulary", WindowActions.HELP, keymap);
        ActionTooltip.install(bypass, "Messages go directly to the memory service", WindowActions.BYPASS, keymap);
        ActionTooltip.install(run, "Start or stop the load of the Load page", WindowActions.RUN, keymap);
    }

    private void showState() {
        model.bannerProperty().subscribe(this::showBanner);
        model.retryableProperty().subscribe(retryable -> Visibility.set(retry, retryable));
        model.startingProperty().subscribe(this::showStarting);
        Visibility.bind(readOnly, model.readOnlyProperty());
        bypass.selectedProperty().bindBidirectional(model.bypassProperty());
    }

    private void showLoad() {
        loadText.textProperty().bind(model.loadTextProperty());
        model.loadRunningProperty().subscribe(running -> {
            run.setText(running ? "Stop load" : "Run load");
            run.setGraphic(new FontIcon(running ? Icons.STOP : Icons.RUN));
            run.pseudoClassStateChanged(RUNNING, running);
        });
        run.disableProperty().bind(model.readyProperty().not().and(model.loadRunningProperty().not()));
    }

    private void showBanner(ErrorSurface.@Nullable Banner shown) {
        Visibility.set(banner, shown != null);
        if (shown != null) {
            bannerProblem.setText(Sentences.shortened(shown.problem()));
            bannerAdvice.setText(Sentences.shortened(shown.advice()));
            boolean warning = shown.severity() == ErrorSurface.Severity.WARNING;
            banner.pseudoClassStateChanged(WARNING, warning);
            Visibility.set(bannerLog, !warning);
            Visibility.set(bannerCopy, !warning);
            bannerIcon.setIconLiteral(warning ? Icons.WARNING : Icons.ERROR);
        }
    }

    private void showStarting(EngineState.@Nullable Starting now) {
        Visibility.set(starting, now != null);
        if (now != null) {
            startingStep.setText(now.step());
            startingProgress.setProgress(now.progress());
        }
    }

    @FXML
    void onOpenLog() {
        log.open().run();
    }

    @FXML
    void onCopyDetails() {
        ErrorSurface.Banner shown = model.bannerProperty().get();
        if (shown != null) {
            log.copy(shown.problem() + " " + shown.advice(), shown.detail());
        }
    }

    @FXML
    void onRetry() {
        model.retry();
    }

    @FXML
    void onRun() {
        keymap.actions().fire(WindowActions.RUN);
    }

    @FXML
    void onHelp() {
        keymap.actions().fire(WindowActions.HELP);
    }

    @FXML
    void onSearch() {
        keymap.actions().fire(WindowActions.PALETTE);
    }
}
