package dev.memfuse.load.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.measure.ResultBuilder;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.EventMark;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/// The files of a recorded load, read.
///
/// @param manifest its manifest
/// @param result figures of the measured part
/// @param recording course over time; its spectrum is computed from the distributions
/// @param histograms distributions in nanoseconds: `add.latency`, `add.service` and so on, and `lag`
public record LoadFiles(Manifest manifest, LoadResult result, LoadRecording recording,
        Map<String, Histogram> histograms) {
    static final String LATENCY = ".latency";
    static final String SERVICE = ".service";
    static final String STAGES = "stages_ms_by_operation";

    /// Reads a recorded load.
    ///
    /// @throws RecordingException when it is not a load, or a file is missing or damaged; the message is for the user
    public static LoadFiles read(Recordings recordings, Manifest manifest) {
        if (manifest.kind() != RecordingKind.LOAD) {
            throw new RecordingException("The recording " + manifest.id() + " is not a load but a "
                    + manifest.kind().label() + ".");
        }
        String json = recordings.text(manifest, RecordingFile.RESULT);
        LoadResult result;
        try {
            result = ResultJson.read(json);
        } catch (IllegalArgumentException e) {
            throw Recordings.failed(manifest, RecordingFile.RESULT, e);
        }
        Map<String, Histogram> histograms = histograms(recordings, manifest);
        LoadRecording course = new LoadRecording(series(recordings, manifest), spectrum(histograms), stages(json),
                marks(recordings, manifest));
        return new LoadFiles(manifest, result, course, histograms);
    }

    private static Map<String, Histogram> histograms(Recordings recordings, Manifest manifest) {
        try (InputStream in = recordings.read(manifest, RecordingFile.LATENCY)) {
            return LatencyLog.read(in);
        } catch (IOException e) {
            throw Recordings.failed(manifest, RecordingFile.LATENCY, e);
        }
    }

    private static Map<String, List<SpectrumPoint>> spectrum(Map<String, Histogram> histograms) {
        Map<String, List<SpectrumPoint>> all = new LinkedHashMap<>();
        histograms.forEach((name, histogram) -> {
            if (name.endsWith(LATENCY)) {
                all.put(name.substring(0, name.length() - LATENCY.length()), ResultBuilder.spectrum(histogram));
            }
        });
        return all;
    }

    static List<Point> series(Recordings recordings, Manifest manifest) {
        try (InputStream in = recordings.read(manifest, RecordingFile.SERIES)) {
            return SeriesFile.read(in);
        } catch (IOException e) {
            throw Recordings.failed(manifest, RecordingFile.SERIES, e);
        }
    }

    private static List<EventMark> marks(Recordings recordings, Manifest manifest) {
        try {
            return MarksFile.read(recordings.text(manifest, RecordingFile.MARKS));
        } catch (IOException e) {
            throw Recordings.failed(manifest, RecordingFile.MARKS, e);
        }
    }

    private static Map<String, Map<String, Double>> stages(String json) {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        JsonNode tree = ResultJson.parse(json).orElseThrow().path(STAGES);
        tree.propertyNames().forEach(operation -> {
            Map<String, Double> stages = new LinkedHashMap<>();
            tree.get(operation).propertyNames()
                    .forEach(stage -> stages.put(stage, tree.get(operation).get(stage).asDouble(0)));
            all.put(operation, stages);
        });
        return all;
    }
}
