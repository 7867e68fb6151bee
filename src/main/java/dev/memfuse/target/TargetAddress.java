package dev.memfuse.target;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Address of a JVM: a process of this machine, or an address of JMX.
public sealed interface TargetAddress {

    /// A process of this machine.
    record Local(long pid) implements TargetAddress {
        @Override
        public String toString() {
            return "process " + pid;
        }
    }

    /// An address of JMX.
    ///
    /// @param url in the form `service:jmx:rmi:…`
    /// @param name short form for messages: `host:port` where possible
    record Remote(String url, String name) implements TargetAddress {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Forms of an address, for messages.
    String FORMS = "A target is the number of a process (1234), host:port, or service:jmx:rmi:///jndi/rmi://host:port/"
            + "jmxrmi.";

    /// Parses an address: the number of a process, `host:port`, or a URL `service:jmx:rmi:…`.
    ///
    /// @throws IllegalArgumentException with a sentence when the text is none of these
    static TargetAddress parse(String text) {
        String address = text.strip();
        if (address.isEmpty()) {
            throw new IllegalArgumentException("The address is empty. " + FORMS);
        }
        if (address.contains("@")) {
            throw new IllegalArgumentException("The address must not contain a user or password, since it is saved and "
                    + "displayed: give them apart from it. " + FORMS);
        }
        if (address.matches("[0-9]+")) {
            return process(address);
        }
        return address.startsWith("service:") ? url(address) : hostAndPort(address);
    }

    private static TargetAddress process(String digits) {
        if (digits.length() > 9 || Long.parseLong(digits) == 0) {
            throw new IllegalArgumentException(excerpt(digits) + " cannot be the number of a process. " + FORMS);
        }
        return new Local(Long.parseLong(digits));
    }

    private static TargetAddress hostAndPort(String address) {
        Matcher parts = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[\\w.-]+):([0-9]{1,5})").matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + excerpt(address) + "' is no address of a JVM. " + FORMS);
        }
        int port = Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("The port " + port + " is not between 1 and 65535.");
        }
        return new Remote("service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi", address);
    }

    private static TargetAddress url(String address) {
        // The other directories of JNDI can be made to load objects that a server chooses.
        Matcher parts = Pattern.compile("service:jmx:rmi://[^/]*/(stub/.+|jndi/rmi://([^/]*)/.+)").matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + excerpt(address) + "' is no JMX address over RMI, such as "
                    + "service:jmx:rmi:///jndi/rmi://host:port/jmxrmi.");
        }
        String host = parts.group(2);
        return new Remote(address, host == null || host.isEmpty() ? "the JMX address" : host);
    }

    private static String excerpt(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
