package dev.memfuse.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import javax.net.ssl.SSLContext;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundLoop;
import dev.memfuse.engine.exception.EngineException;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a changed key store while the server runs: new connections get its certificate, open ones go on with theirs.
/// Files that cannot be used are refused with a line of the log and an alert that lasts until they can be used; the
/// certificate from before stays. Once a day it checks the time of the certificate in use in the same way.
final class CertificateRenewal implements AutoCloseable {
    /// Time between two looks at the files. A change is taken after two looks that see the same.
    static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final String COMPONENT = "http-certificate";
    private static final Duration RECHECK = Duration.ofDays(1);

    private final TlsKeys keys;
    private final SslContextFactory.Server factory;
    private final InstantSource clock;
    private final Duration interval;
    private final BackgroundLoop loop = new BackgroundLoop(COMPONENT, this::waitAndLook);
    /// Of the loop's thread, as the fields below.
    private List<FileState> used;
    private List<FileState> seen;
    private List<FileState> refused = List.of();
    private Instant checkedAt;

    /// What tells that a file was changed or replaced.
    private record FileState(Path file, long modified, long bytes, String key) {
        static FileState of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new FileState(file, found.lastModifiedTime().toMillis(), found.size(),
                        String.valueOf(found.fileKey()));
            } catch (IOException e) {
                return new FileState(file, 0, -1, "");
            }
        }
    }

    /// Reads the keys. Blocks.
    ///
    /// @param clock time at which certificates must be valid
    /// @param interval time between two looks at the files
    /// @throws EngineException when they cannot be used
    CertificateRenewal(TlsKeys keys, InstantSource clock, Duration interval) {
        this.keys = keys;
        this.clock = clock;
        this.interval = interval;
        // Before the files are read: a change meanwhile is found by the first look.
        this.used = states();
        this.seen = used;
        this.checkedAt = clock.instant();
        this.factory = TlsKeys.factory(keys.context(checkedAt));
    }

    /// Returns what Jetty needs to use the keys; it changes with them.
    SslContextFactory.Server factory() {
        return factory;
    }

    private List<FileState> states() {
        return keys.files().stream().map(FileState::of).toList();
    }

    /// Begins to look at the files.
    void start() {
        loop.start();
    }

    private boolean waitAndLook() {
        loop.parkNanos(interval.toNanos());
        if (!loop.closed()) {
            look();
        }
        return true;
    }

    private void look() {
        List<FileState> now = states();
        boolean settled = now.equals(seen);
        seen = now;
        boolean changed = !now.equals(used);
        boolean due = Duration.between(checkedAt, clock.instant()).compareTo(RECHECK) >= 0;
        if (settled && (changed || due)) {
            take(now, changed);
        }
    }

    private void take(List<FileState> now, boolean changed) {
        try {
            SSLContext context = keys.context(clock.instant());
            if (changed) {
                factory.reload(reloaded -> reloaded.setSslContext(context));
                LOG.info("HTTP: new connections get the changed certificate");
            }
            used = now;
            refused = List.of();
            checkedAt = clock.instant();
        } catch (Exception e) {
            if (!now.equals(refused)) {
                refused = now;
                LOG.warn("HTTP: the certificate from before stays in use. {}", e.getMessage());
            }
            // Again at each look: the alert ends with its cause.
            BackgroundHealth.report(COMPONENT, e);
        }
    }

    /// Ends the looks. Does not block.
    @Override
    public void close() {
        loop.close();
    }
}
