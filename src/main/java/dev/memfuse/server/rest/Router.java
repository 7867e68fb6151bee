package dev.memfuse.server.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// Finds the route of a request.
final class Router {
    private final List<Entry> entries;

    private record Entry(Route route, List<String> segments) {}

    /// A route with the values of its path.
    record Match(Route route, Map<String, String> path) {}

    Router(List<Route> routes) {
        entries = routes.stream().map(route -> new Entry(route, segments(route.path()))).toList();
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        if (segments.size() > 1 && segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        return segments;
    }

    /// Returns the route of a request; a slash at the end of the path is ignored.
    ///
    /// @param path raw path
    /// @throws ApiException with status 404 for an unknown path, 405 for an unknown method
    Match match(String method, String path) {
        List<String> segments = segments(path);
        for (Entry entry : entries) {
            if (entry.route().method().equals(method) && matches(entry.segments(), segments)) {
                return new Match(entry.route(), values(entry.segments(), segments));
            }
        }
        TreeSet<String> methods = new TreeSet<>();
        for (Entry entry : entries) {
            if (matches(entry.segments(), segments)) {
                methods.add(entry.route().method());
            }
        }
        if (methods.isEmpty()) {
            throw new ApiException(ApiException.NOT_FOUND, "There is no such path. /openapi.json lists all.");
        }
        throw new ApiException(ApiException.METHOD_NOT_ALLOWED, String.format(Locale.ROOT,
                "This path does not take this method. It takes %s.", String.join(", ", methods)));
    }

    private static Map<String, String> values(List<String> template, List<String> segments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{")) {
                values.put(expected.substring(1, expected.length() - 1), QueryString.decode(segments.get(i)));
            }
        }
        return values;
    }

    private static boolean matches(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{")) {
                if (segments.get(i).isEmpty()) {
                    return false;
                }
            } else if (!expected.equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }
}
