package dev.memfuse.console.memory.ask;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javafx.scene.layout.Region;

import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;

/// A bar of the shares of a score, one segment for each family of signals, as long as the score. FX thread only.
final class ShareBar extends Region {
    private static final double HEIGHT = 10;

    private final Region track = new Region();
    private final List<Region> segments = new ArrayList<>();
    private double[] ends = new double[0];

    /// Signals that share a colour.
    enum Family {
        WORDS("Words"),
        VECTORS("Vectors"),
        NEIGHBOURS("Neighbours"),
        HINTS("Hints"),
        RERANK("Reranker");

        private final String label;

        Family(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /// Returns the style class of its colour.
        String styleClass() {
            return "share-" + name().toLowerCase(Locale.ROOT);
        }

        static Family of(Signal signal) {
            return switch (signal) {
                case BM25 -> WORDS;
                case DENSE -> VECTORS;
                case PREVIOUS, NEXT, SESSION -> NEIGHBOURS;
                case LENGTH, STATEMENT, SPEAKER, TIME, STATED_TIME -> HINTS;
                case RERANK -> RERANK;
            };
        }
    }

    ShareBar() {
        getStyleClass().add("hit-shares");
        track.getStyleClass().add("hit-shares-track");
        getChildren().add(track);
    }

    /// Shows the shares of a score.
    void show(List<Share> shares) {
        Map<Family, Double> points = points(shares);
        getChildren().removeAll(segments);
        segments.clear();
        ends = new double[points.size()];
        double end = 0;
        for (Map.Entry<Family, Double> family : points.entrySet()) {
            Region segment = new Region();
            segment.getStyleClass().addAll("hit-share", family.getKey().styleClass());
            end += family.getValue();
            ends[segments.size()] = end;
            segments.add(segment);
        }
        getChildren().addAll(segments);
        setAccessibleText(text(shares));
        requestLayout();
    }

    private static Map<Family, Double> points(List<Share> shares) {
        Map<Family, Double> points = new EnumMap<>(Family.class);
        shares.stream().filter(share -> share.points() > 0)
                .forEach(share -> points.merge(Family.of(share.signal()), share.points(), Double::sum));
        return points;
    }

    /// Returns the shares as words: "Words 0.31, Vectors 0.22".
    static String text(List<Share> shares) {
        List<String> parts = new ArrayList<>();
        points(shares).forEach((family, points) -> parts
                .add(String.format(Locale.ROOT, "%s %.2f", family.label(), points)));
        return String.join(", ", parts);
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        track.resizeRelocate(0, 0, width, HEIGHT);
        double begin = 0;
        for (int i = 0; i < segments.size(); i++) {
            double end = Math.rint(Math.min(1, ends[i]) * width);
            segments.get(i).resizeRelocate(begin, 0, Math.max(0, end - begin), HEIGHT);
            begin = end;
        }
    }
}
