package dev.memfuse.console.memory.work;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.memory.work.JobsModel.Bar;
import dev.memfuse.console.memory.work.JobsModel.Jobs;
import org.jspecify.annotations.Nullable;

/// Binds the jobs to their view model.
public final class JobsController {
    @FXML
    private Label extraction;
    @FXML
    private Label failures;
    @FXML
    private Button retry;
    @FXML
    private Label vectors;
    @FXML
    private Label reembedding;
    @FXML
    private ProgressBar reembeddingBar;
    @FXML
    private Button start;
    @FXML
    private Button pause;
    @FXML
    private Button cancel;
    @FXML
    private Label layerBuild;
    @FXML
    private ProgressBar layerBuildBar;
    @FXML
    private Button cancelBuild;
    @FXML
    private Label problem;

    private final JobsModel model;

    public JobsController(JobsModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.jobsProperty().subscribe(this::show);
        model.retryingProperty().subscribe(() -> show(model.jobsProperty().get()));
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
    }

    private void show(@Nullable Jobs jobs) {
        if (jobs == null) {
            for (Label label : new Label[]{extraction, vectors, reembedding, layerBuild}) {
                label.setText("Being read.");
            }
            for (Button button : new Button[]{retry, start, pause, cancel, cancelBuild}) {
                button.setDisable(true);
            }
            Visibility.set(failures, false);
            Visibility.set(reembeddingBar, false);
            Visibility.set(layerBuildBar, false);
            return;
        }
        extraction.setText(String.join("\n", jobs.extraction()));
        failures.setText(String.join("\n", jobs.failures()));
        Visibility.set(failures, !jobs.failures().isEmpty());
        retry.setDisable(jobs.failed() == 0 || model.retryingProperty().get());
        vectors.setText(jobs.vectors());
        show(jobs.reembedding(), reembedding, reembeddingBar);
        start.setText(jobs.reembedding().paused() ? "Resume" : "Start");
        start.setDisable(jobs.reembedding().running() && !jobs.reembedding().paused());
        pause.setDisable(!jobs.reembedding().running() || jobs.reembedding().paused());
        cancel.setDisable(!jobs.reembedding().running());
        show(jobs.layerBuild(), layerBuild, layerBuildBar);
        cancelBuild.setDisable(!jobs.layerBuild().running());
    }

    private static void show(Bar bar, Label text, ProgressBar progress) {
        text.setText(bar.text());
        Visibility.set(progress, bar.running());
        progress.setProgress(bar.share() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : bar.share());
    }

    @FXML
    void onRetry() {
        model.retryFailed();
    }

    @FXML
    void onStart() {
        model.startReembedding();
    }

    @FXML
    void onPause() {
        model.pauseReembedding();
    }

    @FXML
    void onCancel() {
        model.cancelReembedding();
    }

    @FXML
    void onCancelBuild() {
        model.cancelLayerBuild();
    }
}
