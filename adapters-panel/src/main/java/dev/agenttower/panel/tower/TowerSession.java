package dev.agenttower.panel.tower;

import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.core.failure.ErrorCode;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The panel's session with the daemon, opened when it is needed and again after it has expired. Thread-safe. */
public final class TowerSession implements AutoCloseable {
    private final DaemonClient daemon;
    private final String version;
    private volatile @Nullable AppSession session;

    /**
     * No session yet.
     *
     * @param version of the panel, for the daemon
     */
    public TowerSession(Path socket, String version) {
        this.daemon = new DaemonClient(socket);
        this.version = version;
    }

    /** Makes calls; those that fail because the session has expired are made again. */
    <T> T call(Function<AppSession, T> calls) {
        AppSession known = session;
        if (known != null) {
            try {
                return calls.apply(known);
            } catch (DaemonErrorException e) {
                if (!e.code().equals(ErrorCode.APP_SESSION_EXPIRED.wire())
                        && !e.code().equals(ErrorCode.APP_SESSION_REQUIRED.wire())) {
                    throw e;
                }
            }
        }
        AppSession opened = AppSession.open(daemon, "agenttower-panel", version);
        session = opened;
        return calls.apply(opened);
    }

    @Override
    public void close() {
        daemon.close();
    }
}
