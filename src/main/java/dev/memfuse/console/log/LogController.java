package dev.memfuse.console.log;

import java.util.List;

import javafx.application.Platform;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.VBox;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.log.LogViewModel.Direction;
import dev.memfuse.log.LogEntry;
import org.jspecify.annotations.Nullable;

/// The Log page.
public final class LogController {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    /// Share of the height for the list while details are open.
    private static final double LIST_SHARE = 0.6;
    private static final String ALL_COMPONENTS = "All components";

    @FXML
    private VBox root;
    @FXML
    private TextField search;
    @FXML
    private Label matches;
    @FXML
    private Button previous;
    @FXML
    private Button next;
    @FXML
    private ComboBox<LogLevel> level;
    @FXML
    private ComboBox<String> component;
    @FXML
    private ToggleButton follow;
    @FXML
    private Button openFile;
    @FXML
    private Label remark;
    @FXML
    private SplitPane split;
    @FXML
    private TableView<LogEntry> table;
    @FXML
    private VBox detailsPane;
    @FXML
    private Label detailsTitle;
    @FXML
    private TextArea details;
    @FXML
    private Label path;
    @FXML
    private Label counts;

    private final LogViewModel model;
    private boolean showingChoices;
    private boolean scrolling;

    LogController(LogViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        split.getItems().remove(detailsPane);
        LogTable.lay(table, model);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setItems(model.entries());
        table.getSelectionModel().selectedItemProperty().subscribe(this::showDetails);
        model.onReveal(this::reveal);
        table.heightProperty().subscribe(this::scroll);
        bindToolbar();
        bindFilters();
        bindRemark();
        counts.textProperty().bind(model.countsProperty());
        path.setText(model.path());
        offerAllEntries();
        stopFollowingByHand();
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressInTable);
        table.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    }

    private void bindToolbar() {
        search.textProperty().bindBidirectional(model.searchProperty());
        search.setOnAction(_ -> searchFor(Direction.NEXT));
        matches.textProperty().bind(model.matchesProperty());
        previous.disableProperty().bind(model.searchProperty().isEmpty());
        next.disableProperty().bind(model.searchProperty().isEmpty());
        // The highlight of a row depends on the search, and rows do not observe it.
        model.searchProperty().subscribe(_ -> table.refresh());
        follow.selectedProperty().bindBidirectional(model.followProperty());
        openFile.setDisable(model.path().isEmpty());
    }

    private void bindFilters() {
        level.getItems().setAll(LogLevel.values());
        level.setConverter(Choices.of(LogController::words));
        level.valueProperty().bindBidirectional(model.levelProperty());
        model.components().subscribe(this::showComponents);
        model.componentProperty().subscribe(_ -> showComponents());
        component.valueProperty().subscribe(chosen -> {
            if (chosen != null && !showingChoices) {
                model.componentProperty().set(chosen.equals(ALL_COMPONENTS) ? "" : chosen);
            }
        });
        showComponents();
    }

    private static String words(LogLevel level) {
        return switch (level) {
            case ERROR -> "Errors";
            case WARN -> "Warnings and errors";
            case INFO -> "Info and above";
            case DEBUG -> "Debug and above";
            case TRACE -> "All levels";
        };
    }

    /// Lists the loaded components, and the selected one even when it is not loaded.
    private void showComponents() {
        showingChoices = true;
        String chosen = model.componentProperty().get();
        component.getItems().setAll(ALL_COMPONENTS);
        component.getItems().addAll(model.components());
        if (!chosen.isEmpty() && !model.components().contains(chosen)) {
            component.getItems().add(chosen);
        }
        component.setValue(chosen.isEmpty() ? ALL_COMPONENTS : chosen);
        showingChoices = false;
    }

    private void bindRemark() {
        remark.textProperty().bind(model.partProperty()
                .map(part -> part.isEmpty() ? "" : part + " Follow shows the newest entries."));
        Visibility.whileFilled(remark);
    }

    private void offerAllEntries() {
        Label nothing = new Label("No entry passes the filter");
        nothing.getStyleClass().add("empty-title");
        Button all = new Button("Show all entries");
        all.setId("clearFilter");
        all.setOnAction(_ -> model.clearFilter());
        VBox placeholder = new VBox(nothing, all);
        placeholder.getStyleClass().add("log-placeholder");
        table.setPlaceholder(placeholder);
    }

    private void reveal(int row) {
        if (!model.followProperty().get()) {
            table.getSelectionModel().clearAndSelect(row);
            table.getFocusModel().focus(row);
        }
        scroll();
    }

    /// Scrolls after the next layout, because rows have no position and no style before it.
    private void scroll() {
        Scene scene = table.getScene();
        if (scene == null || scrolling) {
            return;
        }
        scrolling = true;
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                scrolling = false;
                scrollNow();
            }
        });
        Platform.requestNextPulse();
    }

    /// Keeps the newest entry visible while the page follows, else the selected one.
    private void scrollNow() {
        int selected = table.getSelectionModel().getSelectedIndex();
        if (table.getScene() == null || table.getItems().isEmpty()) {
            return;
        }
        if (model.followProperty().get()) {
            table.scrollTo(table.getItems().size() - 1);
        } else if (selected >= 0) {
            table.scrollTo(Math.max(0, selected - LogTable.ROWS_ABOVE));
        }
    }

    /// Stops following when the user scrolls back by wheel, key or scroll bar, or selects an entry.
    private void stopFollowingByHand() {
        table.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaY() > 0) {
                model.followProperty().set(false);
            }
        });
        table.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() instanceof Node node && (within(node, ScrollBar.class) || onRow(node))) {
                model.followProperty().set(false);
            }
        });
        table.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case UP, PAGE_UP, HOME, KP_UP -> model.followProperty().set(false);
                case END -> {
                    model.followProperty().set(true);
                    event.consume();
                }
                default -> {
                    // No other key moves the list.
                }
            }
        });
    }

    private static boolean within(Node node, Class<?> type) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean onRow(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof TableRow<?> row) {
                return !row.isEmpty();
            }
        }
        return false;
    }

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && event.isShiftDown() && search.isFocused()) {
            searchFor(Direction.PREVIOUS);
        } else if (event.getCode() == KeyCode.ESCAPE && detailsShown()) {
            onCloseDetails();
        } else {
            return;
        }
        event.consume();
    }

    private void pressInTable(KeyEvent event) {
        if (COPY.match(event)) {
            onCopy();
        } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            toggleDetails();
        } else {
            return;
        }
        event.consume();
    }

    private void click(MouseEvent event) {
        if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY
                && event.getTarget() instanceof Parent node && onRow(node)) {
            toggleDetails();
        }
    }

    private boolean detailsShown() {
        return split.getItems().contains(detailsPane);
    }

    private void toggleDetails() {
        if (detailsShown()) {
            onCloseDetails();
        } else if (table.getSelectionModel().getSelectedItem() != null) {
            model.followProperty().set(false);
            split.getItems().add(detailsPane);
            split.setDividerPositions(LIST_SHARE);
            showDetails(table.getSelectionModel().getSelectedItem());
        }
    }

    private void showDetails(@Nullable LogEntry entry) {
        if (entry != null && detailsShown()) {
            detailsTitle.setText(entry.level() + ", " + entry.component() + ", thread " + entry.thread());
            details.setText(entry.asText());
            details.setScrollTop(0);
        }
    }

    private void searchFor(Direction direction) {
        model.searchFrom(table.getSelectionModel().getSelectedIndex(), direction);
    }

    /// Returns the actions of the page.
    List<Action> actions() {
        return List.of(Action.of("log.search", "Search in the log", () -> {
            search.requestFocus();
            search.selectAll();
        }).keys("Shortcut+F"), Action.of("log.next", "Find the next match in the log", this::onNext).keys("F3"),
                Action.of("log.previous", "Find the previous match in the log", this::onPrevious).keys("Shift+F3"),
                Action.of("log.follow", "Follow the end of the log, or stay", follow::fire),
                Action.of("log.file", "Open the log file", this::onOpenFile));
    }

    @FXML
    void onNext() {
        searchFor(Direction.NEXT);
    }

    @FXML
    void onPrevious() {
        searchFor(Direction.PREVIOUS);
    }

    @FXML
    void onOpenFile() {
        model.openFile();
    }

    @FXML
    void onCloseDetails() {
        split.getItems().remove(detailsPane);
        table.requestFocus();
    }

    @FXML
    void onCopyDetails() {
        TextClipboard.copy(details.getText());
    }

    @FXML
    void onCopy() {
        TextClipboard.copy(LogViewModel.text(List.copyOf(table.getSelectionModel().getSelectedItems())));
    }
}
