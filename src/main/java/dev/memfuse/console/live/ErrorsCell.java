package dev.memfuse.console.live;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Visibility;

/// Errors, pauses or the resources of the program, in the same place. The choice is remembered. FX thread only.
final class ErrorsCell {
    private static final String FORM = "live.errors.form";

    /// What the place shows.
    enum Form {
        ERRORS,
        PAUSES,
        PROGRAM;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ObjectProperty<Form> form = new SimpleObjectProperty<>(this, "form", Form.ERRORS);
    private final Map<Form, LiveChart> charts = new EnumMap<>(Form.class);
    private final ChartChoices<Form> choices = new ChartChoices<>(form, List.of(Form.values()), Form::label);

    ErrorsCell(LiveViewModel model, Remembered remembered) {
        LiveFeed feed = model.feed();
        LiveChart errors = new LiveChart(LiveCharts.ERRORS, model.window(), feed.errors());
        LiveChart pauses = new LiveChart(LiveCharts.PAUSES, model.window(), feed.program().pauses().samples());
        LiveChart program = new LiveChart(LiveCharts.PROGRAM, model.window(), feed.program().resources().samples());
        charts.putAll(Map.of(Form.ERRORS, errors, Form.PAUSES, pauses, Form.PROGRAM, program));
        remembered.get(FORM).ifPresent(this::restore);
        charts.forEach((of, chart) -> choices.addTo(chart, of.label() + "-form-"));
        ChartScales.offer(pauses, LiveCharts.PAUSES.id(), remembered);
        form.subscribe(this::show);
        form.addListener((_, _, now) -> remembered.put(FORM, now.name()));
    }

    private void restore(String kept) {
        Arrays.stream(Form.values()).filter(known -> known.name().equals(kept)).findFirst().ifPresent(form::set);
    }

    private void show(Form now) {
        boolean focused = choices.focused();
        charts.forEach((of, chart) -> {
            Visibility.set(chart.view(), of == now);
            chart.visible(of == now);
        });
        if (focused) {
            choices.focus(chart(now));
        }
    }

    /// Returns one of the charts; all share the place.
    LiveChart chart(Form of) {
        LiveChart chart = charts.get(of);
        if (chart == null) {
            throw new IllegalArgumentException("No chart " + of);
        }
        return chart;
    }

    /// Returns what the place shows.
    ObjectProperty<Form> formProperty() {
        return form;
    }
}
