package dev.agenttower.daemon;

import dev.agenttower.cli.command.PanelLauncher.RunningPanel;
import dev.agenttower.panel.PanelServer;
import dev.agenttower.panel.PanelSettings;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The panel's web server, whose classes only {@code agenttower panel} has on its class path. */
final class WebPanel implements RunningPanel {
    private final PanelServer server;

    private WebPanel(PanelServer server) {
        this.server = server;
    }

    static RunningPanel launch(Path daemonSocket, int port, Consumer<String> warnings) throws IOException {
        long user = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        try {
            return new WebPanel(PanelServer.start(
                    new PanelSettings(daemonSocket, port, user, Version.current()), InstantSource.system(), warnings));
        } catch (JavalinBindException e) {
            throw new IOException("port " + port + " of 127.0.0.1 is taken", e);
        }
    }

    @Override
    public String newLink() {
        return server.newLink();
    }

    @Override
    public void close() {
        server.close();
    }
}
