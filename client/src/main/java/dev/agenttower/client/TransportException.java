package dev.agenttower.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** There was no usable answer: the daemon is unreachable, did not answer in time, or sent an unreadable answer. */
public abstract sealed class TransportException extends DaemonException {
    /** The closed set of reasons. */
    public enum Kind {
        /** There is no file at the socket's path, or no folder for it. */
        SOCKET_MISSING("socket_missing"),
        /** No process listens on the socket. */
        CONNECTION_REFUSED("connection_refused"),
        /** This user may not access the socket, or a folder above it. */
        PERMISSION_DENIED("permission_denied"),
        /** The deadline passed, or the connection broke. */
        CONNECT_TIMEOUT("connect_timeout"),
        /** The answer is empty, too long, or malformed. */
        PROTOCOL_ERROR("protocol_error");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** The name in reports, such as {@code socket_missing}. */
        public String wire() {
            return wire;
        }
    }

    private final Kind kind;

    private TransportException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The reason. */
    public Kind kind() {
        return kind;
    }

    /** There is no file at the socket's path, or no folder for it. */
    public static final class SocketMissing extends TransportException {
        SocketMissing(Path socket, Throwable cause) {
            super(Kind.SOCKET_MISSING, "no socket at \"" + socket + "\"", cause);
        }
    }

    /** No process listens on the socket. */
    public static final class ConnectionRefused extends TransportException {
        ConnectionRefused(Path socket, Throwable cause) {
            super(Kind.CONNECTION_REFUSED, "nobody listens on \"" + socket + "\"", cause);
        }
    }

    /** This user may not access the socket, or a folder above it. */
    public static final class PermissionDenied extends TransportException {
        PermissionDenied(Path socket, Throwable cause) {
            super(Kind.PERMISSION_DENIED, "no permission to open \"" + socket + "\"", cause);
        }
    }

    /** The deadline passed, or the connection broke. */
    public static final class NoAnswer extends TransportException {
        NoAnswer(Path socket, String what, @Nullable Throwable cause) {
            super(Kind.CONNECT_TIMEOUT, what + " \"" + socket + "\"", cause);
        }
    }

    /** The answer is empty, too long, or malformed. */
    public static final class UnreadableAnswer extends TransportException {
        UnreadableAnswer(String what, @Nullable Throwable cause) {
            super(Kind.PROTOCOL_ERROR, what, cause);
        }
    }
}
