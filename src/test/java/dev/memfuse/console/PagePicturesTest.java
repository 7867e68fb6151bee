package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;

import com.github.romankh3.image.comparison.ImageComparison;
import com.github.romankh3.image.comparison.model.ImageComparisonResult;
import com.github.romankh3.image.comparison.model.ImageComparisonState;
import com.github.romankh3.image.comparison.model.Rectangle;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.chart.MarkLane;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.run.FakeEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each page looks as in its picture in `src/test/resources/pictures`. Charts, times of day and names of folders, which
/// change from run to run, are left out. Run with `-Dmemfuse.pictures=write` to replace the pictures after a change that
/// is wanted, and look at them.
@Tag("fx")
class PagePicturesTest extends OpenConsole {
    private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");
    private static final Path DIFFERENCES = Path.of("target", "pictures");
    private static final boolean WRITE = "write".equals(System.getProperty("memfuse.pictures"));
    private static final int WIDTH = 1024;
    private static final int HEIGHT = 700;
    /// Share of the range of a colour by which a pixel may differ: edges of letters do.
    private static final double COLOUR_TOLERANCE = 0.15;
    private static final double PERCENT_OF_PIXELS = 0.05;
    private static final int MOST_TRIES = 5;
    private static final Pattern CHANGING = Pattern.compile(
            "\\d{1,2}:\\d{2}|\\d{4}-\\d{2}-\\d{2}|" + Pattern.quote(System.getProperty("java.io.tmpdir"))
                    + "|junit|\\bago\\b|process \\d+|Cost of drawing");

    /// State of a window and its theme.
    enum State {
        BUSY_LIGHT(Themes.Choice.LIGHT),
        BUSY_DARK(Themes.Choice.DARK),
        EMPTY(Themes.Choice.LIGHT);

        private final Themes.Choice theme;

        State(Themes.Choice theme) {
            this.theme = theme;
        }

        String folder() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Picture(BufferedImage image, List<Rectangle> changing) {}

    @ParameterizedTest
    @EnumSource
    void everyPageLooksAsInItsPicture(State state) throws IOException {
        switch (state) {
            case BUSY_LIGHT, BUSY_DARK -> BusyWindow.fill(console, context, host, loads);
            case EMPTY -> {
                host.engine = new FakeEngine();
                host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
            }
        }
        OnFx.run(() -> console.themes().choose(state.theme));
        List<String> differences = new ArrayList<>();
        for (Page page : console.pages()) {
            compare(current(page, state), Path.of(state.folder(), page.id() + ".png"), differences);
        }
        assertEquals(List.of(), differences);
    }

    /// Takes a picture of new figures: on a busy machine they can become old while a page is drawn.
    private Picture current(Page page, State state) {
        Picture taken = picture(page, state);
        for (int tries = 1; tries < MOST_TRIES && saysThatFiguresAreOld(); tries++) {
            taken = picture(page, state);
        }
        return taken;
    }

    private boolean saysThatFiguresAreOld() {
        return OnFx.get(() -> OnFx.all(console.scene().getRoot()).filter(PagePicturesTest::isShown)
                .anyMatch(node -> node instanceof Text text && text.getText().startsWith("These figures are")));
    }

    private Picture picture(Page page, State state) {
        if (state == State.EMPTY) {
            BusyWindow.publishIdle(context, Instant.now());
        } else {
            BusyWindow.publish(context, Instant.now());
        }
        OnFx.run(() -> console.showPage(page.id()));
        // Pages read four times a second.
        Frames.await(console.scene(), 24);
        return OnFx.get(() -> {
            Parent root = console.scene().getRoot();
            root.resize(WIDTH, HEIGHT);
            root.applyCss();
            root.layout();
            SnapshotParameters whole = new SnapshotParameters();
            whole.setViewport(new Rectangle2D(0, 0, WIDTH, HEIGHT));
            BufferedImage drawn = SwingFXUtils.fromFXImage(root.snapshot(whole, null), null);
            BufferedImage opaque = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            opaque.getGraphics().drawImage(drawn, 0, 0, null);
            return new Picture(opaque, OnFx.all(root).filter(PagePicturesTest::isShown)
                    .filter(PagePicturesTest::isChanging).map(PagePicturesTest::moving).distinct()
                    .map(PagePicturesTest::area).toList());
        });
    }

    private static boolean isShown(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (!now.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isChanging(Node node) {
        return node instanceof Canvas || node instanceof MarkLane || node instanceof ProgressIndicator
                || (node instanceof Text text && CHANGING.matcher(text.getText()).find());
    }

    /// Returns what moves with a changing node: the columns of its table, the others in its row.
    private static Node moving(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (now instanceof TableView<?> || now.getStyleClass().contains("live-footer")) {
                return now;
            }
        }
        return node;
    }

    private static Rectangle area(Node node) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return new Rectangle((int) bounds.getMinX() - 2, (int) bounds.getMinY() - 2, (int) bounds.getMaxX() + 3,
                (int) bounds.getMaxY() + 3);
    }

    private static void compare(Picture now, Path name, List<String> differences) throws IOException {
        File expected = PICTURES.resolve(name).toFile();
        if (WRITE) {
            Files.createDirectories(expected.toPath().getParent());
            write(now.image, expected);
            return;
        }
        if (!expected.exists()) {
            differences.add(name + " is missing");
            return;
        }
        ImageComparisonResult result = new ImageComparison(ImageIO.read(expected), now.image)
                .setExcludedAreas(now.changing).setPixelToleranceLevel(COLOUR_TOLERANCE)
                .setAllowingPercentOfDifferentPixels(PERCENT_OF_PIXELS).compareImages();
        if (result.getImageComparisonState() != ImageComparisonState.MATCH) {
            Path seen = DIFFERENCES.resolve(name);
            Files.createDirectories(seen.getParent());
            result.writeResultTo(seen.toFile());
            differences.add(String.format(Locale.ROOT, "%s: %.2f %% of its pixels, see %s", name,
                    result.getDifferencePercent(), seen));
        }
    }

    /// Writes a small file: a picture is written once and kept for ever.
    private static void write(BufferedImage image, File file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0);
        Files.deleteIfExists(file.toPath());
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
