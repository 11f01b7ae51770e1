package dev.agenttower.socket.server.wire;

/** Names and versions of the contract for control panels. */
public final class Contract {
    /** The version in every answer. */
    public static final String VERSION = "1.1";
    /** The oldest supported minor version. */
    public static final String OLDEST_MINOR = "1.0";
    /** The supported major version. */
    public static final int MAJOR = 1;
    /** The prefix of its method names. */
    public static final String PREFIX = "app.";

    private Contract() {}
}
