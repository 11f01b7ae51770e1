package dev.agenttower.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Starts the web server of the panel in this process. */
@FunctionalInterface
public interface PanelLauncher {
    /**
     * Starts to listen on 127.0.0.1.
     *
     * @param daemonSocket the daemon's socket
     * @param port the port; 0 for a free one
     * @param warnings takes one line for the user whenever a request is refused because of its sender
     * @throws IOException if the port cannot be listened on
     */
    RunningPanel launch(Path daemonSocket, int port, Consumer<String> warnings) throws IOException;

    /** A panel that listens. */
    interface RunningPanel extends AutoCloseable {
        /** A new link that opens one session, and takes the place of the one before. */
        String newLink();

        /** Stops to listen. */
        @Override
        void close();
    }
}
