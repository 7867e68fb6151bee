package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.scene.text.Text;

import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No text of any page is cut, unless its tooltip has all of it, and nothing lies outside the window.
@Tag("fx")
class TruncationViewTest {
    private static final Fakes.Host HOST = new Fakes.Host();
    private static final Fakes.Loads LOADS = new Fakes.Loads();
    @TempDir
    private static Path folder;
    private static Console window;

    /// One window for all sizes: filling it takes longer than looking at it.
    @BeforeAll
    static void open() {
        ConsoleContext context = Fakes.context(folder, HOST, LOADS);
        window = Fakes.open(context);
        BusyWindow.fill(window, context, HOST, LOADS);
    }

    @AfterAll
    static void close() {
        Fakes.close(window);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           800,  600,  1, 13
                           1024, 700,  1, 13
                           1280, 800,  1, 13
                           1920, 1080, 2, 13
                           1280, 800,  1, 16
                           1024, 700,  1, 11
                           720,  520,  1, 13
                           720,  520,  1, 16
                           800,  600,  1, 16
                           """)
    void everyTextIsComplete(int width, int height, int scale, int textSize) {
        OnFx.run(() -> {
            window.preferences().textSizeProperty().set(textSize);
            window.showPage("live");
            window.scene().getRoot().resize(1920, 1080);
        });
        Frames.await(window.scene(), 3);
        // What follows the width of the window must follow it also when garbage has been collected.
        System.gc();
        assertEquals(List.of(), cutTexts(width, height, scale));
    }

    /// The bars of a start, of the first steps and of old figures are above the page then.
    @Test
    void aLowWindowThatStartsIsComplete() {
        HOST.become(new EngineState.Starting("Unpacking PostgreSQL", 0.4));
        try {
            assertEquals(List.of(), cutTexts(800, 600, 1));
        } finally {
            HOST.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        }
    }

    private static List<String> cutTexts(int width, int height, int scale) {
        List<String> cut = new ArrayList<>();
        for (Page page : window.pages()) {
            OnFx.run(() -> {
                window.stage().setRenderScaleX(scale);
                window.stage().setRenderScaleY(scale);
                window.showPage(page.id());
                window.scene().getRoot().resize(width, height);
            });
            Frames.await(window.scene(), 3);
            OnFx.run(() -> {
                Parent root = window.scene().getRoot();
                root.resize(width, height);
                root.applyCss();
                root.layout();
                OnFx.all(root).filter(node -> isShown(node) || isTitle(node)).forEach(node -> {
                    if (node instanceof Labeled labeled && !isTitle(node) && isCut(labeled)) {
                        cut.add(page.id() + ": \"" + labeled.getText() + "\" " + labeled.getStyleClass());
                    }
                    if (node instanceof TextInputControl field && isPromptCut(field)) {
                        cut.add(page.id() + ": prompt \"" + field.getPromptText() + "\" of " + field.getId());
                    }
                    if (node instanceof Labeled title && isCutTitle(title)) {
                        cut.add(page.id() + ": column \"" + title.getText() + '"');
                    }
                    if (node instanceof ComboBox<?> box && isCut(box)) {
                        cut.add(page.id() + ": choice \"" + box.getValue() + "\" of " + box.getId());
                    }
                    if (!isTitle(node) && isOutside(node, width, height)) {
                        cut.add(page.id() + ": outside " + node);
                    }
                });
            });
        }
        return cut;
    }

    private static boolean isShown(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (!now.isVisible() || now instanceof IndexedCell<?> || now instanceof TableView<?>) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCut(Labeled labeled) {
        boolean low = labeled.isWrapText() && labeled.getHeight() < labeled.prefHeight(labeled.getWidth()) - 1.5;
        boolean explained = labeled.getTooltip() != null && labeled.getTooltip().getText().equals(labeled.getText());
        return (labeled.isTextTruncated() || low) && !explained && !labeled.getText().isEmpty();
    }

    /// An empty field shows an example of what to type.
    private static boolean isPromptCut(TextInputControl field) {
        double room = field.getWidth() - field.getInsets().getLeft() - field.getInsets().getRight();
        return field.getText().isEmpty() && field.getPromptText().lines().anyMatch(line -> {
            Text text = new Text(line);
            text.setFont(field.getFont());
            return text.getLayoutBounds().getWidth() > room + 0.5
                    && !(field instanceof TextArea area && area.isWrapText());
        });
    }

    private static boolean isTitle(Node node) {
        return node instanceof Label && node.getParent() instanceof TableColumnHeader
                && Stream.<Node>iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    /// The cells of a table have tooltips, the titles of its columns have none.
    private static boolean isCutTitle(Labeled title) {
        return isTitle(title) && title.isTextTruncated();
    }

    private static boolean isCut(ComboBox<?> box) {
        return box.getChildrenUnmodifiable().stream().anyMatch(
                node -> node instanceof Labeled shown && shown.isTextTruncated());
    }

    private static boolean isOutside(Node node, double width, double height) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (now instanceof ScrollPane || !(node instanceof Labeled)) {
                return false;
            }
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return bounds.getMaxX() > width + 0.5 || bounds.getMinX() < -0.5 || bounds.getMaxY() > height + 0.5
                || bounds.getMinY() < -0.5;
    }
}
