package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class KeyPathTest {
    private static final String PATH = "memory_service.max_concurrent_layers";

    @Test
    void aNarrowKeyWrapsAfterItsDots() {
        OnFx.run(() -> {
            List<Label> parts = layOut(PATH, 160);

            assertEquals(List.of("memory_service.", "max_concurrent_layers"),
                    parts.stream().map(Label::getText).toList());
            assertEquals(2, lines(parts));
            parts.forEach(part -> assertTrue(part.getWidth() >= part.prefWidth(-1), () -> part.getText() + " is cut"));
        });
    }

    @Test
    void aWideKeyIsOneLine() {
        OnFx.run(() -> assertEquals(1, lines(layOut(PATH, 600))));
    }

    private static List<Label> layOut(String path, double width) {
        Parent pane = (Parent) KeyPath.of(path);
        VBox box = new VBox(pane);
        new Scene(box, width, 200);
        box.applyCss();
        box.layout();
        return pane.getChildrenUnmodifiable().stream().map(Label.class::cast).toList();
    }

    private static int lines(List<Label> parts) {
        var tops = new TreeSet<Double>();
        parts.forEach(part -> tops.add(part.getLayoutY()));
        return tops.size();
    }
}
