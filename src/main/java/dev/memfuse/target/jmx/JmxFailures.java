package dev.memfuse.target.jmx;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.rmi.ConnectIOException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.management.MBeanException;
import javax.management.RuntimeMBeanException;
import javax.naming.NameNotFoundException;
import javax.net.ssl.SSLException;

import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetException.Kind;

/// Sentences for failures of JMX over RMI, which hide the reason under several causes.
final class JmxFailures {
    private static final int MAX_CAUSES = 20;

    private JmxFailures() {}

    /// Returns why a target could not be reached or read.
    ///
    /// @param limit time limit of the call
    static TargetException of(Target target, Duration limit, Throwable failure) {
        if (failure instanceof TargetException known) {
            return known;
        }
        String at = target.address().toString();
        String name = switch (target.address()) {
            case TargetAddress.Local process -> "Process " + process.pid();
            case TargetAddress.Remote remote -> remote.name();
        };
        if (caused(failure, TimeoutException.class) || caused(failure, SocketTimeoutException.class)) {
            return new TargetException(Kind.SILENT, name + " does not answer within " + limit.toSeconds()
                    + " s. It may be stopped or very busy"
                    + (target.address() instanceof TargetAddress.Remote ? ", or a firewall drops the packets." : "."),
                    failure);
        }
        if (failure instanceof SecurityException) {
            return new TargetException(Kind.REFUSED, target.credentials().isEmpty()
                    ? name + " needs a user and a password."
                    : name + " refuses the user " + target.credentials().get().user()
                            + ": name or password is wrong, or the user lacks the rights.",
                    failure);
        }
        if (caused(failure, UnknownHostException.class)) {
            return new TargetException(Kind.GONE, "The host of " + at + " is unknown.", failure);
        }
        if (caused(failure, SSLException.class)) {
            return new TargetException(Kind.REFUSED, name + " and this program do not agree on SSL ("
                    + deepest(failure).getMessage() + "). A certificate that is not signed by a known authority needs "
                    + "-Djavax.net.ssl.trustStore for this program.", failure);
        }
        if (caused(failure, ConnectException.class) || caused(failure, NoRouteToHostException.class)) {
            return gone(target, name, failure);
        }
        if (caused(failure, NameNotFoundException.class) || caused(failure, NotBoundException.class)) {
            return new TargetException(Kind.REFUSED, "There is a registry at " + at + ", but no JMX server in it.",
                    failure);
        }
        if (caused(failure, NoSuchObjectException.class)) {
            return new TargetException(Kind.GONE, name + " was restarted.", failure);
        }
        String reason = String.valueOf(deepest(failure).getMessage());
        if (caused(failure, ConnectIOException.class)) {
            return new TargetException(Kind.REFUSED, name + " answers, but not with JMX"
                    + (target.ssl() ? "." : "; it may need SSL."), failure);
        }
        return failure instanceof IOException && target.address() instanceof TargetAddress.Local
                ? gone(target, name, failure)
                : new TargetException(Kind.GONE, "The connection to " + at + " failed (" + reason + ").", failure);
    }

    private static TargetException gone(Target target, String name, Throwable failure) {
        return new TargetException(Kind.GONE, switch (target.address()) {
            case TargetAddress.Local process -> ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive)
                    .isPresent() ? "The connection to process " + process.pid() + " broke." : name + " has ended.";
            case TargetAddress.Remote _ -> "Nothing listens at " + target.address() + ". Start the JVM with "
                    + "-Dcom.sun.management.jmxremote.port, and check host and port.";
        }, failure);
    }

    /// Returns the sentence of a target that refused a change.
    static TargetException refusal(String pool, Throwable failure) {
        Throwable reason = switch (failure) {
            case RuntimeMBeanException e when e.getTargetException() != null -> e.getTargetException();
            case MBeanException e when e.getTargetException() != null -> e.getTargetException();
            default -> failure;
        };
        String sentence = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        return new TargetException(Kind.REFUSED, "The target refuses for pool " + pool + ": " + sentence
                + (sentence.endsWith(".") ? "" : "."), failure);
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Throwable deepest(Throwable failure) {
        return causes(failure).reduce(failure, (_, last) -> last);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
    }
}
