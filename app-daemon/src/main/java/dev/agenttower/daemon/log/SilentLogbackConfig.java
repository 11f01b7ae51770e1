package dev.agenttower.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * How Logback begins: silent, because a command's output belongs to the command. The daemon turns warnings on when its log is open.
 *
 * <p>Public because Logback finds it as a service.
 */
public final class SilentLogbackConfig extends ContextAwareBase implements Configurator {
    /** Called by Logback. */
    public SilentLogbackConfig() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
