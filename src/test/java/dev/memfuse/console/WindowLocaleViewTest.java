package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;

import dev.memfuse.TestLocales;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.lab.compare.SampleComparison;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every page, with the drawer of the second, a note, saved connections and a comparison, has the digits, the decimal
/// points and the letters of English in every locale.
@Tag("fx")
class WindowLocaleViewTest extends OpenConsole {
    /// No list, such as 1,2,4.
    private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<![,\\d])\\d+,\\d{1,2}(?![,\\d])");

    private final Locale before = Locale.getDefault();

    static List<String> tags() {
        return TestLocales.TAGS;
    }

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @MethodSource("tags")
    void everyTextIsTheSameInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        reopen();
        BusyWindow.fill(console, context, host, loads);
        compare();
        OnFx.run(() -> {
            console.showPage("live");
            console.actions().fire("live.second");
            console.actions().fire("live.note");
        });
        List<String> all = new ArrayList<>();
        console.pages().forEach(page -> OnFx.run(() -> {
            console.showPage(page.id());
            Parent root = console.scene().getRoot();
            root.applyCss();
            root.layout();
            OnFx.all(root).flatMap(WindowLocaleViewTest::texts).forEach(all::add);
        }));

        assertTrue(all.size() > 1_500, "texts: " + all.size());
        assertTrue(all.stream().anyMatch(text -> text.contains("1.58x")), "the comparison");
        assertEquals(List.of(), all.stream().filter(WindowLocaleViewTest::isForeign).distinct().toList());
    }

    private void compare() {
        Fakes.Comparisons comparisons = (Fakes.Comparisons) context.lab().comparisons();
        OnFx.run(() -> {
            console.showPage("compare");
            ((Button) OnFx.node(page("compare"), "run")).fire();
        });
        PageStage.await(() -> comparisons.runs().size() == 1);
        comparisons.last().end(SampleComparison.voided(
                SampleComparison.result(comparisons.last().plan(), 10, 1.6, List.of())));
        PageStage.await(() -> OnFx.node(page("compare"), "result").isVisible());
    }

    private Node page(String id) {
        return console.pages().stream().filter(page -> page.id().equals(id)).findFirst().orElseThrow().view();
    }

    private static Stream<String> texts(Node node) {
        String text = switch (node) {
            case Labeled labeled -> labeled.getText();
            case TextInputControl input -> input.getText();
            case Text plain -> plain.getText();
            default -> null;
        };
        String tooltip = node.getProperties().get("javafx.scene.control.Tooltip") instanceof Tooltip shown
                ? shown.getText()
                : null;
        return Stream.of(text, node.getAccessibleText(), node.getAccessibleHelp(), tooltip).filter(Objects::nonNull);
    }

    private static boolean isForeign(String text) {
        return DECIMAL_COMMA.matcher(text).find() || text.codePoints()
                .anyMatch(letter -> (letter > '9' && Character.isDigit(letter)) || letter == 'ı' || letter == 'İ'
                        || letter == '٫' || letter == '٬');
    }
}
