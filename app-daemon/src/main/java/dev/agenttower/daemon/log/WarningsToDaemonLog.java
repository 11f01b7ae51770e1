package dev.agenttower.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Writes warnings and errors of adapters and libraries to the daemon's log. */
public final class WarningsToDaemonLog extends AppenderBase<ILoggingEvent> {
    private final DaemonLog log;

    private WarningsToDaemonLog(DaemonLog log) {
        this.log = log;
    }

    /** Writes warnings to this log, until {@link #forget()}. */
    public static void redirect(DaemonLog log) {
        WarningsToDaemonLog appender = new WarningsToDaemonLog(log);
        Logger root = root();
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.setLevel(Level.WARN);
        root.addAppender(appender);
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String trace = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        log.note(
                event.getLevel().toString().toLowerCase(Locale.ROOT),
                event.getLoggerName(),
                event.getFormattedMessage(),
                trace);
    }

    /** Silences all loggers again, before the log is closed. */
    public static void forget() {
        root().setLevel(Level.OFF);
        root().detachAndStopAllAppenders();
    }
}
