package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.report.LineChart.Spot;
import dev.memfuse.load.report.LineChart.Tick;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Renders the charts of a report that are not over time: the latency spectrum and the time by stage.
final class ShapeCharts {
    private static final double SHOWN_SHARE = 0.001;
    private static final List<Tick> PERCENTILES = List.of(new Tick(1, "0"), new Tick(2, "50"), new Tick(10, "90"),
            new Tick(20, "95"), new Tick(100, "99"), new Tick(1_000, "99.9"), new Tick(10_000, "99.99"),
            new Tick(100_000, "99.999"), new Tick(1_000_000, "99.9999"));

    private final LoadRecording recording;

    ShapeCharts(LoadRecording recording) {
        this.recording = recording;
    }

    String render() {
        return spectrum() + stages();
    }

    private String spectrum() {
        List<SpectrumPoint> all = recording.spectrum().values().stream().flatMap(List::stream)
                .filter(point -> point.ms() > 0).toList();
        if (all.isEmpty()) {
            return "";
        }
        double rarest = all.stream().filter(point -> point.percentile() < 100).mapToDouble(ShapeCharts::rarity).max()
                .orElse(10);
        Axis x = new Axis(1, Math.max(10, rarest * 2), true);
        Axis y = Axis.log(all.stream().mapToDouble(SpectrumPoint::ms).min().orElse(1),
                all.stream().mapToDouble(SpectrumPoint::ms).max().orElse(1));
        LineChart chart = new LineChart("Latency spectrum",
                "Latency at increasing percentiles; both axes logarithmic. Dashed: fewer than 100 samples lie above.",
                x, y).units("ms", "percentile")
                .xTicks(PERCENTILES.stream().filter(tick -> tick.at() <= x.to()).toList());
        int colour = 1;
        for (Map.Entry<String, List<SpectrumPoint>> entry : recording.spectrum().entrySet()) {
            lines(chart, entry.getKey(), "c" + colour++, entry.getValue(), x);
        }
        return chart.render();
    }

    private static void lines(LineChart chart, String name, String style, List<SpectrumPoint> points, Axis x) {
        List<Spot> sure = new ArrayList<>();
        List<Spot> rough = new ArrayList<>();
        for (SpectrumPoint point : points) {
            Spot spot = new Spot(point.percentile() >= 100 ? x.to() : rarity(point), point.ms());
            if (point.countAbove() >= Percentiles.MIN_SAMPLES_ABOVE) {
                sure.add(spot);
            } else {
                if (rough.isEmpty() && !sure.isEmpty()) {
                    rough.add(sure.getLast());
                }
                rough.add(spot);
            }
        }
        chart.line(name, style, sure);
        chart.continueLine(style + " dash", rough);
    }

    private static double rarity(SpectrumPoint point) {
        return 1 / Math.max(1e-9, 1 - point.percentile() / 100);
    }

    private String stages() {
        double longest = recording.stagesMs().values().stream().mapToDouble(ShapeCharts::sum).max().orElse(0);
        if (longest <= 0) {
            return "";
        }
        StringBuilder html = new StringBuilder("<figure><figcaption><h3>Where the time goes</h3>"
                + "<p>Mean milliseconds per operation in each stage; the stages add up to the latency.</p>");
        html.append("<div class=\"legend\">");
        recording.stagesMs().values().iterator().next().keySet().stream().filter(this::shown)
                .forEach(stage -> html
                        .append(String.format(Locale.ROOT, "<span class=\"key stage-%s\">%s</span>", stage, stage)));
        html.append("</div></figcaption><div class=\"bars\">");
        recording.stagesMs().forEach((operation, stages) -> bar(html, operation, stages, longest));
        return html.append("</div></figure>").toString();
    }

    private boolean shown(String stage) {
        return recording.stagesMs().values().stream()
                .anyMatch(stages -> stages.getOrDefault(stage, 0.0) > SHOWN_SHARE * sum(stages));
    }

    private static void bar(StringBuilder html, String operation, Map<String, Double> stages, double longest) {
        html.append(String.format(Locale.ROOT, "<div class=\"bar\"><b>%s</b><div class=\"track\">",
                Html.escape(operation)));
        stages.forEach((stage, ms) -> {
            if (ms > 0) {
                html.append(String.format(Locale.ROOT,
                        "<i class=\"stage-%s\" style=\"width:%s%%\" title=\"%s %s ms\"></i>", stage,
                        Numbers.plain(ms / longest * 100), stage, Numbers.value(ms)));
            }
        });
        html.append(String.format(Locale.ROOT, "</div><span>%s ms</span></div>", Numbers.value(sum(stages))));
    }

    private static double sum(Map<String, Double> stages) {
        return stages.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
