package dev.agenttower.panel;

import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.TransportException;
import dev.agenttower.client.inbox.InboxFollower;
import dev.agenttower.core.inbox.InboxItem.Kind;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.panel.governance.GovernancePages;
import dev.agenttower.panel.governance.HistoryTables;
import dev.agenttower.panel.governance.LedgerTables;
import dev.agenttower.panel.governance.PolicyTables;
import dev.agenttower.panel.page.Pages;
import dev.agenttower.panel.page.ProjectPages;
import dev.agenttower.panel.page.Routes;
import dev.agenttower.panel.page.Shown;
import dev.agenttower.panel.request.RequestTables;
import dev.agenttower.panel.security.BrowserSessions;
import dev.agenttower.panel.security.Connections;
import dev.agenttower.panel.security.OneTimeLink;
import dev.agenttower.panel.security.Origin;
import dev.agenttower.panel.security.VisitorCheck;
import dev.agenttower.panel.tower.TowerPages;
import dev.agenttower.panel.tower.TowerSession;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server of the panel, on 127.0.0.1 alone. It needs no running daemon: while there is none, its pages say so.
 *
 * <p>Each session begins with a one-time link. Thread-safe.
 */
public final class PanelServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PanelServer.class);
    private static final int THREADS = 16;

    private final GovernanceClient governance;
    private final TowerSession tower;
    private final InboxFollower waiting;
    private final OneTimeLink link;
    private final Javalin server;

    private PanelServer(PanelSettings settings, InstantSource clock, Consumer<String> warnings) {
        governance = new GovernanceClient(GovernanceClient.socketBeside(settings.daemonSocket()));
        tower = new TowerSession(settings.daemonSocket(), settings.version());
        waiting = new InboxFollower(governance, "panel-inbox");
        link = new OneTimeLink(clock);
        Pages pages = new Pages(() -> waiting.count(Kind.CHANGE), waiting::isDaemonDown);
        VisitorCheck visitors = new VisitorCheck(governance, new Connections(Path.of("/proc")), settings.user());
        Gate gate = new Gate(this::origin, link, new BrowserSessions(clock), visitors, pages, clock, warnings);
        Updates updates = new Updates(waiting, pages);
        List<Routes> parts = List.of(
                new GovernancePages(governance, waiting, pages, clock),
                new ProjectPages("history", "History", governance, pages, HistoryTables::read),
                new ProjectPages("policy", "Policy", governance, pages, PolicyTables::read),
                new ProjectPages("requests", "Requests", governance, pages, RequestTables::read),
                new ProjectPages("ledger", "Ledger", governance, pages, LedgerTables::read),
                new TowerPages(tower, waiting, pages, clock));
        server = Javalin.create(config -> {
            configure(config);
            gate.addTo(config.routes);
            config.routes.get("/assets/{name}", Assets::send);
            config.routes.get("/", context -> context.redirect("/governance", HttpStatus.SEE_OTHER));
            config.routes.sse("/updates", updates::accept);
            parts.forEach(part -> part.addTo(config.routes));
            failures(config, pages);
        });
    }

    /**
     * Starts to listen.
     *
     * @param warnings takes one line for the user whenever a request is refused because of its sender
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public static PanelServer start(PanelSettings settings, InstantSource clock, Consumer<String> warnings) {
        PanelServer panel = new PanelServer(settings, clock, warnings);
        panel.server.start(Origin.ADDRESS, settings.port());
        panel.waiting.start();
        return panel;
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    private Origin origin() {
        return new Origin(port());
    }

    /** A new link that opens one session within five minutes, and takes the place of the one before. */
    public String newLink() {
        return origin().text() + "/open?key=" + link.renew();
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = Gate.LARGEST_EDIT;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("panel");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    private static void failures(JavalinConfig config, Pages pages) {
        config.routes.exception(
                GovernanceRefusedException.class,
                (e, context) -> pages.error(context, e.status(), "Refused by the daemon", sentence(e)));
        config.routes.exception(
                DaemonErrorException.class,
                (e, context) -> pages.error(context, 409, "Refused by the daemon", sentence(e)));
        config.routes.exception(
                TransportException.class,
                (e, context) -> pages.error(
                        context,
                        503,
                        "No daemon",
                        "The daemon does not answer. Start it with `agenttower ensure-daemon`, then load the page again."));
        config.routes.exception(
                MalformedJsonException.class, (e, context) -> pages.error(context, 400, "Not possible", sentence(e)));
        config.routes.exception(
                HttpResponseException.class,
                (e, context) -> pages.error(context, e.getStatus(), "Not possible", sentence(e)));
        config.routes.exception(Exception.class, (e, context) -> unforeseen(e, context, pages));
    }

    private static String sentence(Exception failure) {
        return Shown.line(String.valueOf(failure.getMessage()));
    }

    // The one place for failures that nobody foresaw.
    private static void unforeseen(Exception failure, Context context, Pages pages) {
        LOG.error("a request of {} failed", context.path(), failure);
        pages.error(context, 500, "Failed", "The panel failed to show this page.");
    }

    /** Stops to listen, and closes its connections. */
    @Override
    public void close() {
        waiting.close();
        server.stop();
        governance.close();
        tower.close();
    }
}
