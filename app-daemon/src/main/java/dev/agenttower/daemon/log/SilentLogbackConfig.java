package dev.agenttower.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The initial configuration of Logback: silent, because stdout and stderr belong to the command. The daemon enables warnings when its log
 * is open.
 *
 * <p>Public because Logback loads it as a service.
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
