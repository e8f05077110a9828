package io.darsena.launch.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Map;

/// Warnings go to standard error; everything from INFO on into `darsena.log` in the person's state directory,
/// or below the root that was given ([#below]), at most three files of a megabyte. In code: reading XML would cost
/// time at every start.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogPlaces extends ContextAwareBase implements Configurator {

    private static final String PATTERN = "%d{ISO8601} %-5level [%thread] %logger{20}: %msg%n";
    private static final FileSize FILE_SIZE = new FileSize(FileSize.MB_COEFFICIENT);
    private static final int FILES = 2;

    /// Names the root. Logback makes its configurator itself, so that it cannot be handed over.
    private static final String ROOT = "darsena.log.root";

    /// Lets the log be kept below this root, as everything else is then. To be called before anything is logged.
    public static void below(Path root) {
        System.setProperty(ROOT, root.toAbsolutePath().normalize().toString());
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console(context));
        root.addAppender(file(context, directory(System.getProperty(ROOT, ""), System.getenv())));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// As the XDG base directory specification says, unless there is a root; a relative path in the variable is passed
    /// over.
    static Path directory(String root, Map<String, String> environment) {
        if (!root.isEmpty()) {
            return Path.of(root, "state");
        }
        Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return (state.isAbsolute() ? state : home.resolve(".local/state")).resolve("darsena");
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        ThresholdFilter warnings = new ThresholdFilter();
        warnings.setLevel(Level.WARN.levelStr);
        warnings.start();
        console.addFilter(warnings);
        return started(console, context);
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, Path directory) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setFile(directory.resolve("darsena.log").toString());
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(file);
        window.setFileNamePattern(directory.resolve("darsena.%i.log").toString());
        window.setMinIndex(1);
        window.setMaxIndex(FILES);
        window.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FILE_SIZE);
        size.start();
        file.setRollingPolicy(window);
        file.setTriggeringPolicy(size);
        return started(file, context);
    }

    private static <A extends OutputStreamAppender<ILoggingEvent>> A started(A appender, LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
