package dev.agenttower.cli.config;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.TowerPaths;
import java.math.BigDecimal;
import java.nio.file.Files;
import picocli.CommandLine.Command;

/** {@code agenttower config paths}. */
@Command(name = "paths", description = "print the paths of this user's files", footer = "  agenttower config paths")
final class ConfigPathsCommand implements Runnable {
    private final CliContext context;

    ConfigPathsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        TowerPaths paths = context.paths();
        SocketAddress socket = context.socket();
        EventSettings events = context.settings().events();
        context.settings().checkRules();
        StringBuilder text = new StringBuilder(1024);
        line(text, "CONFIG_FILE", paths.configFile().toString());
        line(text, "STATE_DB", paths.database().toString());
        line(text, "EVENTS_FILE", paths.events().toString());
        line(text, "LOGS_DIR", paths.logsDir().toString());
        line(text, "SOCKET", socket.text());
        line(text, "CACHE_DIR", paths.cacheDir().toString());
        line(text, "SOCKET_SOURCE", socket.source().token());
        eventLines(text, events);
        context.out().print(text);
        if (!Files.exists(paths.database())) {
            context.err().print("note: agenttower has not been initialized; run `agenttower config init`\n");
        }
    }

    private static void eventLines(StringBuilder text, EventSettings events) {
        line(text, "EVENTS_READER_CYCLE_WALLCLOCK_CAP_SECONDS", seconds(events.readerCycleWallclockCapSeconds()));
        line(text, "EVENTS_PER_CYCLE_BYTE_CAP_BYTES", String.valueOf(events.perCycleByteCapBytes()));
        line(text, "EVENTS_PER_EVENT_EXCERPT_CAP_BYTES", String.valueOf(events.perEventExcerptCapBytes()));
        line(text, "EVENTS_DEBOUNCE_ACTIVITY_WINDOW_SECONDS", seconds(events.debounceActivityWindowSeconds()));
        line(text, "EVENTS_PANE_EXITED_GRACE_SECONDS", seconds(events.paneExitedGraceSeconds()));
        line(text, "EVENTS_LONG_RUNNING_GRACE_SECONDS", seconds(events.longRunningGraceSeconds()));
        line(text, "EVENTS_DEFAULT_PAGE_SIZE", String.valueOf(events.defaultPageSize()));
        line(text, "EVENTS_MAX_PAGE_SIZE", String.valueOf(events.maxPageSize()));
        line(text, "EVENTS_FOLLOW_LONG_POLL_MAX_SECONDS", seconds(events.followLongPollMaxSeconds()));
        line(text, "EVENTS_FOLLOW_SESSION_IDLE_TIMEOUT_SECONDS", seconds(events.followSessionIdleTimeoutSeconds()));
    }

    // Without an exponent and always with a decimal point, so that every number parser accepts it.
    private static String seconds(double value) {
        String plain =
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value).append('\n');
    }
}
