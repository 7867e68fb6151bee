package dev.memfuse.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// Checks the headers `Host` and `Origin`. A page on the web can make a browser send requests to this machine: by a
/// name of its own that resolves to this machine (DNS rebinding), or across origins. The name is then in `Host`, the
/// page in `Origin`. Clients that are no browsers send no `Origin`.
///
/// @param hosts permitted names beside `localhost` and IP addresses, which no foreign name can resolve through
/// @param origins permitted origins beside that of the server, compared character by character
/// @param encrypted whether the server's own origin begins with `https`; otherwise a proxy may add it
record HostCheck(Set<String> hosts, Set<String> origins, boolean encrypted) {
    private static final Pattern IP_V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    HostCheck {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(
                Collectors.toUnmodifiableSet());
        origins = Set.copyOf(origins);
    }

    /// Returns why a request is refused; empty when it is not.
    Optional<String> problem(@Nullable String host, @Nullable String origin) {
        if (host == null || !permitted(name(host))) {
            return Optional.of("The server is not known by the name in the header Host. Use its address, or name it "
                    + "with --allow-host.");
        }
        if (origin != null && !isSame(origin, host) && !origins.contains(origin)) {
            return Optional.of("Requests of web pages of other origins are refused, except of those that "
                    + "server.allowed_origins names.");
        }
        return Optional.empty();
    }

    private boolean isSame(String origin, String host) {
        return origin.equalsIgnoreCase("https://" + host)
                || (!encrypted && origin.equalsIgnoreCase("http://" + host));
    }

    private boolean permitted(String name) {
        return name.equals("localhost") || IP_V4.matcher(name).matches() || name.startsWith("[")
                || hosts.contains(name);
    }

    /// Returns the name without the port.
    private static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int end = lower.startsWith("[") ? lower.indexOf(']') + 1 : lower.indexOf(':');
        return end <= 0 ? lower : lower.substring(0, end);
    }
}
