package dev.memfuse.console.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.fxml.FXML;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.yaml.YamlCompletion;
import dev.memfuse.config.yaml.YamlCompletion.Proposal;
import dev.memfuse.console.fx.Visibility;

/// The settings as YAML: the text, and below it what is wrong with it or what it changes.
public final class YamlController {
    private static final int MOST_PROPOSALS = 30;
    private static final String INDENT = "  ";

    @FXML
    private TextArea editor;
    @FXML
    private VBox meaning;
    @FXML
    private Label note;
    @FXML
    private Button apply;
    @FXML
    private Button restore;

    private final YamlModel model;
    private final ContextMenu proposals = new ContextMenu();

    YamlController(YamlModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        editor.textProperty().bindBidirectional(model.textProperty());
        editor.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        apply.disableProperty().bind(model.appliableProperty().not());
        restore.disableProperty().bind(model.editedProperty().not());
        note.textProperty().bind(model.noteProperty());
        Visibility.whileFilled(note);
        model.checkedProperty().subscribe(this::show);
    }

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && event.isControlDown()) {
            complete();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            model.apply();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && !event.isShiftDown()) {
            breakLine();
            event.consume();
        }
    }

    /// The next line begins where its content does.
    private void breakLine() {
        String before = editor.getText(0, editor.getSelection().getStart());
        String line = before.substring(before.lastIndexOf('\n') + 1);
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        editor.replaceSelection("\n" + indent + (line.strip().endsWith(":") ? INDENT : ""));
    }

    /// Opens the list of proposals at the caret; a single one is taken at once.
    void complete() {
        List<Proposal> found = YamlCompletion.at(editor.getText(), editor.getCaretPosition());
        if (found.size() == 1) {
            take(found.getFirst());
            return;
        }
        proposals.hide();
        proposals.getItems().setAll(found.stream().limit(MOST_PROPOSALS).map(this::item).toList());
        if (found.isEmpty()) {
            MenuItem none = new MenuItem("No key or value to propose here");
            none.setDisable(true);
            proposals.getItems().setAll(List.of(none));
        }
        Bounds screen = editor.localToScreen(editor.getBoundsInLocal());
        Rectangle2D caret = caret();
        proposals.show(editor, screen.getMinX() + caret.getMinX(), screen.getMinY() + caret.getMaxY());
    }

    private Rectangle2D caret() {
        int at = Math.min(editor.getCaretPosition(), Math.max(0, editor.getLength() - 1));
        return editor.getSkin() instanceof TextAreaSkin skin && editor.getLength() > 0
                ? skin.getCharacterBounds(at)
                : Rectangle2D.EMPTY;
    }

    private MenuItem item(Proposal proposal) {
        MenuItem item = new MenuItem(proposal.text().strip() + "   " + proposal.meaning());
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> take(proposal));
        return item;
    }

    private void take(Proposal proposal) {
        editor.replaceText(proposal.from(), proposal.to(), proposal.text());
        editor.requestFocus();
    }

    private void show(YamlModel.Checked checked) {
        List<Node> lines = new ArrayList<>();
        if (!checked.problems().isEmpty()) {
            checked.problems().forEach(problem -> lines.add(problem(problem)));
        } else {
            section(lines, checked.changes(), "Would change 1 setting:", "Would change %d settings:", "group-title");
            section(lines, checked.atStart(), "Fixed until a restart, not applied now:",
                    "Fixed until a restart, not applied now:", "hint");
            if (lines.isEmpty()) {
                lines.add(DiffLines.heading("These are the settings in force.", "hint"));
            }
            if (!checked.profile().isEmpty()) {
                String profile = "profile " + checked.profile();
                section(lines, checked.fromProfile(), "1 setting differs from " + profile + ":",
                        "%d settings differ from " + profile.replace("%", "%%") + ":", "group-title");
                if (checked.fromProfile().isEmpty()) {
                    lines.add(DiffLines.heading("Equal to " + profile + ".", "hint"));
                }
            }
        }
        meaning.getChildren().setAll(lines);
    }

    private static void section(List<Node> lines, List<ConfigChange> changes, String one, String several,
            String styleClass) {
        if (!changes.isEmpty()) {
            lines.add(DiffLines.heading(changes.size() == 1 ? one : String.format(Locale.ROOT, several, changes.size()),
                    styleClass));
            lines.addAll(DiffLines.of(changes));
        }
    }

    private Node problem(YamlModel.Problem problem) {
        if (problem.line() == 0) {
            return DiffLines.heading(problem.text(), "form-problem");
        }
        Hyperlink link = new Hyperlink(problem.text());
        link.setWrapText(true);
        link.getStyleClass().add("yaml-problem");
        link.setAccessibleText(problem.text() + ". Moves to the place.");
        link.setOnAction(_ -> move(problem));
        return link;
    }

    private void move(YamlModel.Problem problem) {
        String[] lines = editor.getText().split("\n", -1);
        int at = 0;
        for (int i = 0; i < Math.min(problem.line() - 1, lines.length); i++) {
            at += lines[i].length() + 1;
        }
        editor.positionCaret(Math.min(at + problem.column() - 1, editor.getLength()));
        editor.requestFocus();
    }

    /// Moves the focus to the text.
    void focus() {
        editor.requestFocus();
    }

    @FXML
    void onApply() {
        model.apply();
    }

    @FXML
    void onRestore() {
        model.restore();
    }
}
