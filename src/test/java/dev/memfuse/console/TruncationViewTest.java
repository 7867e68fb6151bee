package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;

import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
                OnFx.all(root).filter(TruncationViewTest::isShown).forEach(node -> {
                    if (node instanceof Labeled labeled && isCut(labeled)) {
                        cut.add(page.id() + ": \"" + labeled.getText() + "\" " + labeled.getStyleClass());
                    }
                    if (isOutside(node, width)) {
                        cut.add(page.id() + ": outside " + node);
                    }
                });
            });
        }
        assertEquals(List.of(), cut);
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
        return (labeled.isTextTruncated() || low) && !explained;
    }

    private static boolean isOutside(Node node, double width) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (now instanceof ScrollPane || !(node instanceof Labeled)) {
                return false;
            }
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return bounds.getMaxX() > width + 0.5 || bounds.getMinX() < -0.5;
    }
}
