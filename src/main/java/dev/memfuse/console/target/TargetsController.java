package dev.memfuse.console.target;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.target.FoundTarget;
import dev.memfuse.target.TargetState;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the form, the list of JVMs and the heading of the target to their view models.
public final class TargetsController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final int SHOWN = 8;

    @FXML
    private VBox start;
    @FXML
    private TextField address;
    @FXML
    private TextField user;
    @FXML
    private PasswordField password;
    @FXML
    private CheckBox ssl;
    @FXML
    private Label problem;
    @FXML
    private TableView<FoundTarget> jvms;
    @FXML
    private Button refresh;
    @FXML
    private Button find;
    @FXML
    private Label note;
    @FXML
    private VBox heading;
    @FXML
    private Label title;
    @FXML
    private FontIcon titleIcon;
    @FXML
    private Button disconnect;
    @FXML
    private Label figures;
    @FXML
    private StatePane states;

    private final TargetsViewModel model;
    private final JvmListViewModel list;

    TargetsController(TargetsViewModel model, JvmListViewModel list) {
        this.model = model;
        this.list = list;
    }

    @FXML
    void initialize() {
        address.textProperty().bindBidirectional(model.addressProperty());
        user.textProperty().bindBidirectional(model.userProperty());
        password.textProperty().bindBidirectional(model.passwordProperty());
        ssl.selectedProperty().bindBidirectional(model.sslProperty());
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        showJvms();
        refresh.disableProperty().bind(list.busyProperty());
        find.disableProperty().bind(list.busyProperty().or(Bindings.isEmpty(list.jvms())));
        note.textProperty().bind(list.noteProperty());
        Visibility.whileFilled(note);
        Visibility.bind(start, model.sessionProperty().isNull());
        Visibility.bind(heading, model.sessionProperty().isNotNull());
        Visibility.bind(states, model.sessionProperty().isNotNull());
        title.textProperty().bind(model.titleProperty());
        figures.textProperty().bind(model.figuresProperty());
        Visibility.bind(figures, Bindings.createBooleanBinding(
                () -> model.connectionProperty().get() instanceof TargetState.Connected
                        && !model.figuresProperty().get().isEmpty(),
                model.connectionProperty(), model.figuresProperty()));
        states.stateProperty().bind(model.stateProperty());
        model.connectionProperty().subscribe(this::show);
        model.sessionProperty().subscribe((before, now) -> {
            if (before == null && now != null) {
                disconnect.requestFocus();
            } else if (now == null) {
                address.requestFocus();
                list.list();
            }
        });
    }

    private void showJvms() {
        jvms.getColumns().setAll(List.of(
                Columns.width(Columns.number("Process", found -> Long.toString(found.jvm().pid())), 80, 100),
                Columns.width(Columns.text("JVM", found -> found.jvm().name()), 200, 2_000),
                Columns.width(Columns.text("User", found -> found.jvm().user()), 80, 160),
                Columns.width(Columns.text("Pools", list::pools), 200, 2_000)));
        jvms.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        jvms.setItems(list.jvms());
        Columns.placeholder(jvms, "No other JVM of this user runs on this machine.");
        Columns.fitHeight(jvms, 3);
        list.jvms().addListener((ListChangeListener<FoundTarget>) _ -> Columns.fitHeight(jvms,
                Math.clamp(list.jvms().size(), 3, SHOWN)));
        jvms.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                connectSelected();
                event.consume();
            }
        });
        jvms.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                connectSelected();
            }
        });
        jvms.getSelectionModel().selectedItemProperty().subscribe(found -> {
            if (found != null) {
                model.addressProperty().set(Long.toString(found.jvm().pid()));
            }
        });
    }

    private void connectSelected() {
        FoundTarget selected = jvms.getSelectionModel().getSelectedItem();
        if (selected != null) {
            model.connect(selected.jvm().pid());
        }
    }

    private void show(TargetState now) {
        titleIcon.setIconLiteral(switch (now) {
            case TargetState.Connecting _,TargetState.Closed _ -> Icons.REFRESH;
            case TargetState.Connected _ -> Icons.OK;
            case TargetState.Lost _ -> Icons.WARNING;
            case TargetState.Refused _ -> Icons.ERROR;
        });
        disconnect.setText(switch (now) {
            case TargetState.Connecting _ -> "Cancel";
            case TargetState.Refused _ -> "Back to the list";
            case TargetState.Connected _,TargetState.Lost _,TargetState.Closed _ -> "Disconnect";
        });
        title.pseudoClassStateChanged(GOOD, now instanceof TargetState.Connected);
        title.pseudoClassStateChanged(BAD, now instanceof TargetState.Lost || now instanceof TargetState.Refused);
    }

    /// Returns the actions of the page.
    List<Action> actions() {
        return List.of(
                Action.of("targets.find", "Look for connection pools in the JVMs of this machine", this::onFind)
                        .when(() -> start.isVisible() && !find.isDisabled()),
                Action.of("targets.connect", "Connect to the JVM of the form", this::onConnect)
                        .when(() -> start.isVisible()),
                Action.of("targets.disconnect", "Disconnect from the JVM", this::onDisconnect)
                        .when(() -> heading.isVisible()));
    }

    @FXML
    void onConnect() {
        model.connect();
    }

    @FXML
    void onDisconnect() {
        model.disconnect();
    }

    @FXML
    void onRefresh() {
        list.list();
    }

    @FXML
    void onFind() {
        list.find();
    }
}
