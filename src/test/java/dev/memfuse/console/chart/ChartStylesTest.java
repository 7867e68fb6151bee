package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import javafx.scene.Scene;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fx")
class ChartStylesTest {
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            warnings.add(logged.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @ParameterizedTest
    @EnumSource(value = Themes.Choice.class, names = {"LIGHT", "DARK"})
    void chartsUnderAThemeCauseNoWarningOfTheStyleSheetEngine(Themes.Choice choice) {
        // A strong reference: the log manager holds loggers weakly.
        Logger styles = Logger.getLogger("javafx.css");
        styles.addHandler(collector);
        try {
            Stage stage = OnFx.get(() -> {
                VBox root = new VBox();
                ChartFixture.charts(ChartFixture.window()).forEach(chart -> root.getChildren().add(chart.view()));
                Stage created = new Stage();
                created.setScene(new Scene(root, 600, 500));
                new Themes(created.getScene(), choice).close();
                created.show();
                return created;
            });
            Frames.await(stage.getScene(), 3);
            OnFx.run(stage::close);
        } finally {
            styles.removeHandler(collector);
        }

        assertEquals(List.of(), warnings);
    }

    @Test
    void theStyleSheetNamesRolesAndNoColours() throws Exception {
        String sheet = Files.readString(Path.of("styles", "charts.css"));

        List<String> literals = Pattern.compile("#[0-9a-fA-F]{3,8}\\b|rgba?\\(").matcher(sheet).results()
                .map(MatchResult::group).toList();

        assertEquals(List.of(), literals);
    }
}
