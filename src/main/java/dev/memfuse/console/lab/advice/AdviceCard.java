package dev.memfuse.console.lab.advice;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.fx.WriteGuard;
import dev.memfuse.console.lab.forest.ForestTable;
import dev.memfuse.console.lab.forest.MetricRow;
import dev.memfuse.console.lab.forest.RatioScale;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Evidence;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.MetricResult;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// One advice: score and finding, evidence with links to its moments, the change with its predicted effect, and what a
/// trial measured. FX thread only.
final class AdviceCard {
    private final VBox view = new VBox();
    private final AdviceViewModel model;
    private final AdviceView.Card card;
    private @Nullable Button next;

    /// @param showMoment shows the charts at a moment
    AdviceCard(AdviceView.Card card, AdviceViewModel model, Consumer<Instant> showMoment) {
        this.card = card;
        this.model = model;
        Advice advice = card.advice();
        view.getStyleClass().addAll("card", "advice-card");
        view.setId("advice-" + advice.rule());
        view.getChildren().add(header(advice));
        for (Evidence evidence : advice.evidence()) {
            view.getChildren().add(evidence(evidence, showMoment));
        }
        advice.change().forEach(setting -> view.getChildren().add(change(setting)));
        if (!advice.instruction().isEmpty()) {
            view.getChildren().add(text(advice.instruction(), "advice-text"));
        }
        Prediction prediction = advice.prediction();
        if (prediction != null) {
            view.getChildren().add(text("Predicted: " + prediction.text() + ".", "advice-text"));
        }
        view.getChildren().add(text(advice.explanation(), "hint"));
        AdviceTrial trial = card.trial();
        if (trial != null) {
            view.getChildren().add(measured(trial));
        }
    }

    private Node header(Advice advice) {
        Label score = new Label(String.valueOf(advice.score()));
        score.getStyleClass().addAll("advice-score", advice.urgency());
        score.setAccessibleText("Score " + advice.score() + " of 100, " + advice.urgency());
        score.setMinWidth(Region.USE_PREF_SIZE);
        Label sentence = text(card.number() + ". " + advice.sentence(), "section-title");
        Label urgency = text(advice.urgency(), "hint");
        VBox words = new VBox(sentence, urgency);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox header = new HBox(score, words);
        header.getStyleClass().add("advice-header");
        if (model.triable(advice)) {
            Button attempt = new Button(card.trial() == null ? "Try it" : "Try it again", new FontIcon(Icons.RUN));
            attempt.setId("try-" + advice.rule());
            attempt.setAccessibleText(attempt.getText() + ": compare " + change() + " with the settings in force");
            attempt.setMinWidth(Region.USE_PREF_SIZE);
            attempt.disableProperty().bind(model.experiment().readyProperty().not().or(model.busyProperty()));
            attempt.setOnAction(_ -> model.attempt(advice));
            header.getChildren().add(new WriteGuard(attempt));
        }
        return header;
    }

    private static Node change(Setting setting) {
        HBox line = new HBox(text("Change", "hint"), text(setting.text(), "difference-line"));
        line.getStyleClass().add("advice-change");
        return line;
    }

    private String change() {
        return String.join(", ", card.advice().change().stream().map(Setting::text).toList());
    }

    private static Node evidence(Evidence evidence, Consumer<Instant> showMoment) {
        Hyperlink moment = new Hyperlink(Formats.timeOfDay(evidence.at()));
        moment.getStyleClass().add("advice-moment");
        moment.setAccessibleText("Show the charts at " + Formats.timeOfDay(evidence.at()));
        moment.setMinWidth(Region.USE_PREF_SIZE);
        moment.setOnAction(_ -> showMoment.accept(evidence.at()));
        Label sentence = text(evidence.sentence(), "advice-text");
        HBox.setHgrow(sentence, Priority.ALWAYS);
        HBox line = new HBox(moment, sentence);
        line.getStyleClass().add("advice-evidence");
        return line;
    }

    private static Label text(String text, String styleClass) {
        Label label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private Node measured(AdviceTrial trial) {
        Label sentence = text(trial.sentence(), "verdict");
        sentence.setId("measured-" + card.advice().rule());
        sentence.setGraphic(new FontIcon(switch (trial.outcome()) {
            case KEEP -> Icons.OK;
            case REVERT -> Icons.ERROR;
            case UNDECIDED -> Icons.WARNING;
        }));
        sentence.pseudoClassStateChanged(PseudoClass.getPseudoClass("good"),
                trial.outcome() == AdviceTrial.Outcome.KEEP);
        sentence.pseudoClassStateChanged(PseudoClass.getPseudoClass("bad"),
                trial.outcome() == AdviceTrial.Outcome.REVERT);
        TableView<MetricRow> metrics = new TableView<>();
        metrics.getStyleClass().addAll("dense-table", "forest-table");
        metrics.setAccessibleText("Measured effect: settings from before (A) and with the change (B)");
        List<MetricResult> results = trial.comparison().metrics();
        ForestTable.fill(metrics, MetricRow.of(trial.comparison()).stream().filter(row -> !row.cost() || row.primary())
                .toList(), RatioScale.ofMetrics(results), ComparisonPlan.MARGIN);
        VBox warnings = new VBox();
        warnings.getStyleClass().add("warnings");
        // The sentence has the guardrail already.
        List<String> problems = trial.comparison().problems().stream()
                .filter(problem -> !problem.equals(trial.comparison().aborted())).toList();
        WarningLines.show(warnings, problems);
        Visibility.set(warnings, !problems.isEmpty());
        VBox box = new VBox(sentence, warnings, metrics, decision(trial));
        box.getStyleClass().add("advice-measured");
        return box;
    }

    private Node decision(AdviceTrial trial) {
        Advice advice = card.advice();
        Button keep = new Button(card.kept() ? "Kept" : "Keep the change");
        keep.setId("keep-" + advice.rule());
        keep.setAccessibleText("Keep the change: put " + change() + " in force");
        keep.setDisable(card.kept());
        if (trial.outcome() == AdviceTrial.Outcome.KEEP && !card.kept()) {
            keep.getStyleClass().add("accent");
        }
        keep.setOnAction(_ -> model.keep(advice));
        next = keep;
        HBox buttons = new HBox(keep);
        buttons.getStyleClass().add("tool-row");
        if (card.kept()) {
            Button revert = new Button("Revert");
            revert.setId("revert-" + advice.rule());
            revert.setAccessibleText("Revert: put the settings from before the change in force again");
            revert.setOnAction(_ -> model.revert(advice));
            buttons.getChildren().add(revert);
            next = revert;
        } else {
            Label now = text("The settings from before the trial are in force.", "hint");
            buttons.getChildren().add(now);
        }
        return buttons;
    }

    /// Focuses the button that decides about the trial.
    void focusDecision() {
        Button button = next;
        if (button != null) {
            button.requestFocus();
        }
    }

    VBox view() {
        return view;
    }
}
