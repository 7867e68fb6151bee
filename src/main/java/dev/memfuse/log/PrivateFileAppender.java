package dev.memfuse.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;

/// A rolling log file that no other account may read, independent of the umask.
final class PrivateFileAppender extends RollingFileAppender<ILoggingEvent> {

    /// Characters that Logback interprets in the path of rolled files; it has no escape for them.
    private static final Pattern PATTERN_CHARACTERS = Pattern.compile("[%{}]");

    /// Opens the file and starts to append.
    ///
    /// @throws IOException when the file cannot be written
    static PrivateFileAppender start(LoggerContext context, Path file, LogRotation rotation) throws IOException {
        if (PATTERN_CHARACTERS.matcher(file.toString()).find()) {
            throw new IOException("The path " + file + " contains %, { or }");
        }
        // Logback only records the failure in its own status list.
        createPrivate(file);
        PrivateFileAppender appender = new PrivateFileAppender();
        appender.setContext(context);
        appender.setName("FILE");
        appender.setFile(file.toString());

        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        FileLayout layout = new FileLayout();
        layout.setContext(context);
        layout.start();
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        appender.setEncoder(encoder);

        String rolled = file.toString().replaceFirst("\\.log$", "") + ".%d{yyyy-MM-dd}.%i.log";
        RollingPeriods periods = new RollingPeriods(context, rolled);
        periods.setMaxFileSize(new FileSize(rotation.fileBytes()));
        TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(rolled);
        policy.setTimeBasedFileNamingAndTriggeringPolicy(periods);
        policy.setMaxHistory(rotation.days());
        policy.setTotalSizeCap(new FileSize(rotation.totalBytes()));
        policy.setCleanHistoryOnStart(true);
        policy.start();
        appender.setRollingPolicy(policy);
        appender.start();
        if (!appender.isStarted()) {
            throw new IOException("The file " + file + " cannot be opened");
        }
        return appender;
    }

    @Override
    public void openFile(String file) throws IOException {
        createPrivate(Path.of(file));
        super.openFile(file);
    }

    private static void createPrivate(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createFile(file,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            // A link would lead to a file of somebody else, and a pipe would block.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is not a regular file", e);
            }
            if (posix) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            endLine(file);
        }
    }

    /// Ends a line that a killed process left incomplete, which would swallow the next entry.
    private static void endLine(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            long size = channel.size();
            if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[]{'\n'}), size);
            }
        }
    }
}
