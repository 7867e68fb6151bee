package dev.memfuse.console.memory.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.inspect.OtherSetting;
import dev.memfuse.inspect.QueryExplainer.Neighbour;
import dev.memfuse.inspect.QueryExplanation;
import dev.memfuse.inspect.WhyNot;
import org.jspecify.annotations.Nullable;

/// Binds the Ask box to its view model.
public final class AskController {
    private static final KeyCombination SEND = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    /// Maximum number of entries of a list that are visible without scrolling in it.
    private static final int ROWS = 5;
    private static final double BORDER = 2;
    /// Number of characters of a date.
    private static final int DATE = 10;

    @FXML
    private Label owner;
    @FXML
    private TextArea text;
    @FXML
    private TextField topK;
    @FXML
    private TextField maxTokens;
    @FXML
    private CheckBox m0;
    @FXML
    private CheckBox m1;
    @FXML
    private CheckBox m2;
    @FXML
    private CheckBox sessionOnly;
    @FXML
    private TextField from;
    @FXML
    private TextField until;
    @FXML
    private Button ask;
    @FXML
    private Button why;
    @FXML
    private ProgressBar asking;
    @FXML
    private Label problem;
    @FXML
    private Label summary;
    @FXML
    private VBox answer;
    @FXML
    private FlowPane legend;
    @FXML
    private ListView<HitCell.Item> hits;
    @FXML
    private VBox detail;
    @FXML
    private Label detailTitle;
    @FXML
    private GridPane signals;
    @FXML
    private VBox neighbours;
    @FXML
    private VBox leftOutPart;
    @FXML
    private ListView<HitCell.Item> leftOut;
    @FXML
    private Button compare;
    @FXML
    private GridPane others;
    @FXML
    private VBox whyPart;
    @FXML
    private Label whyText;
    @FXML
    private Label whyMore;

    private final AskModel model;

    public AskController(AskModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.userProperty().subscribe(user -> owner.setText(user == null
                ? "Choose a user whose memory to ask."
                : "Asks the memory of " + user.name() + "."));
        AskForm form = model.form();
        text.textProperty().bindBidirectional(form.text);
        topK.textProperty().bindBidirectional(form.topK);
        maxTokens.textProperty().bindBidirectional(form.maxTokens);
        m0.selectedProperty().bindBidirectional(form.m0);
        m1.selectedProperty().bindBidirectional(form.m1);
        m2.selectedProperty().bindBidirectional(form.m2);
        sessionOnly.selectedProperty().bindBidirectional(form.sessionOnly);
        from.textProperty().bindBidirectional(form.from);
        until.textProperty().bindBidirectional(form.until);
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (SEND.match(event)) {
                model.ask();
                event.consume();
            }
        });
        ask.disableProperty().bind(model.askingProperty().or(model.userProperty().isNull()));
        why.disableProperty().bind(model.askingProperty().or(model.chosenProperty().isNull()));
        Visibility.bind(asking, model.askingProperty());
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        summary.textProperty().bind(model.summaryProperty());
        Visibility.whileFilled(summary);
        for (ShareBar.Family family : ShareBar.Family.values()) {
            legend.getChildren().add(legendEntry(family));
        }
        list(hits);
        list(leftOut);
        model.answerProperty().subscribe(this::showAnswer);
        model.hitProperty().subscribe(this::showHit);
        model.neighbours().addListener((ListChangeListener<Neighbour>) _ -> showNeighbours());
        model.others().addListener((ListChangeListener<OtherSetting.Outcome>) _ -> showOthers());
        compare.disableProperty().bind(model.askingProperty());
        model.whyNotProperty().subscribe(this::showWhy);
    }

    private static HBox legendEntry(ShareBar.Family family) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("share-swatch", "hit-share", family.styleClass());
        Label label = new Label(family.label());
        label.getStyleClass().add("hint");
        HBox entry = new HBox(swatch, label);
        entry.getStyleClass().add("tool-row");
        entry.setAlignment(Pos.CENTER_LEFT);
        return entry;
    }

    private void list(ListView<HitCell.Item> list) {
        list.setCellFactory(_ -> new HitCell());
        list.setFixedCellSize(HitCell.HEIGHT);
        list.getSelectionModel().selectedItemProperty().addListener((_, _, item) -> {
            if (item != null) {
                ListView<HitCell.Item> other = list.equals(hits) ? leftOut : hits;
                other.getSelectionModel().clearSelection();
                model.hitProperty().set(item.hit());
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                onShow();
                event.consume();
            }
        });
    }

    private static void fit(ListView<HitCell.Item> list) {
        double height = Math.min(ROWS, list.getItems().size()) * HitCell.HEIGHT + BORDER;
        list.setMinHeight(height);
        list.setPrefHeight(height);
        list.setMaxHeight(height);
    }

    private void showAnswer(@Nullable QueryExplanation found) {
        Visibility.set(answer, found != null);
        List<HitCell.Item> items = new ArrayList<>();
        List<HitCell.Item> missed = new ArrayList<>();
        if (found != null) {
            for (Hit hit : found.result().hits()) {
                items.add(new HitCell.Item(items.size() + 1, hit, source(hit)));
            }
            found.leftOut().forEach(out -> missed.add(new HitCell.Item(out.rank(), out.hit(),
                    out.hit().layer() + " · " + out.sentence())));
        }
        hits.getItems().setAll(items);
        fit(hits);
        Visibility.set(hits, !items.isEmpty());
        Visibility.set(legend, !items.isEmpty() || !missed.isEmpty());
        if (!items.isEmpty()) {
            hits.getSelectionModel().selectFirst();
        }
        leftOut.getItems().setAll(missed);
        fit(leftOut);
        Visibility.set(leftOutPart, !missed.isEmpty());
    }

    private static String source(Hit hit) {
        Message message = hit.message();
        String place = switch (message.origin()) {
            case ROUND_BUFFER -> "round buffer";
            case HYBRID_BUFFER -> "hybrid buffer";
            case IN_FLIGHT -> "in flight";
            case DATABASE -> "stored";
        };
        return hit.layer() + " · " + place + " · " + message.role().name().toLowerCase(Locale.ROOT) + " · "
                + Formats.moment(message.createdAt()).substring(0, DATE)
                + (hit.conflictsWith().isEmpty() ? "" : " · disputed");
    }

    private void showHit(@Nullable Hit hit) {
        Visibility.set(detail, hit != null);
        if (hit == null) {
            return;
        }
        detailTitle.setText(String.format(Locale.ROOT, "Why it scores %.3f", hit.score()));
        signals.getChildren().clear();
        header();
        int row = 1;
        for (Share share : hit.shares()) {
            Label name = new Label(name(share.signal()));
            name.setMinWidth(Region.USE_PREF_SIZE);
            ShareBar bar = new ShareBar();
            bar.show(List.of(share));
            signals.addRow(row++, name, figure(share.raw()), figure(share.normalised()), figure(share.weight()),
                    figure(share.points()), bar);
        }
    }

    private void header() {
        Label[] titles = {new Label("Signal"), new Label("Value"), new Label("Scaled"), new Label("Weight"),
                new Label("Points"), new Label("")};
        for (Label title : titles) {
            title.getStyleClass().add("fact-name");
        }
        signals.addRow(0, titles);
    }

    private static Label figure(double value) {
        Label label = new Label(String.format(Locale.ROOT, "%.3f", value));
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().add("number");
        return label;
    }

    /// Returns the name of a signal for people.
    private static String name(Signal signal) {
        return switch (signal) {
            case BM25 -> "Words";
            case DENSE -> "Vector";
            case PREVIOUS -> "Turn before";
            case NEXT -> "Turn after";
            case SESSION -> "Best of session";
            case LENGTH -> "Length";
            case STATEMENT -> "Statement";
            case SPEAKER -> "Speaker";
            case TIME -> "Time";
            case STATED_TIME -> "Stated time";
            case RERANK -> "Reranker";
        };
    }

    private void showNeighbours() {
        neighbours.getChildren().clear();
        for (Neighbour neighbour : model.neighbours()) {
            Label line = new Label(String.format(Locale.ROOT, "%s, +%.3f: %s", name(neighbour.signal()),
                    neighbour.share().points(), neighbour.message().content()));
            line.setWrapText(true);
            line.setMaxHeight(60);
            line.getStyleClass().add("hint");
            neighbours.getChildren().add(line);
        }
        Visibility.set(neighbours, !model.neighbours().isEmpty());
    }

    private void showOthers() {
        NameValueGrid grid = new NameValueGrid(others);
        model.others().forEach(other -> grid.add(other.setting().label(), other.sentence()));
        Visibility.set(others, !model.others().isEmpty());
    }

    private void showWhy(@Nullable WhyNot found) {
        Visibility.set(whyPart, found != null);
        if (found == null) {
            return;
        }
        whyText.setText(found.sentence());
        List<String> more = new ArrayList<>();
        found.differences().forEach(difference -> more.add(String.format(Locale.ROOT, "%s %+.3f",
                name(difference.signal()), -difference.points())));
        whyMore.setText(more.isEmpty() ? "" : "Against the last hit: " + String.join(", ", more) + ".");
        Visibility.set(whyMore, !more.isEmpty());
        found.hit().ifPresent(hit -> {
            hits.getSelectionModel().clearSelection();
            leftOut.getSelectionModel().clearSelection();
            Visibility.set(answer, true);
            model.hitProperty().set(hit);
        });
    }

    @FXML
    void onAsk() {
        model.ask();
    }

    @FXML
    void onWhy() {
        model.explainChosen();
    }

    @FXML
    void onCompare() {
        model.compareSettings();
    }

    @FXML
    void onShow() {
        Hit hit = model.hitProperty().get();
        if (hit != null) {
            model.showInConversation(hit.message());
        }
    }
}
