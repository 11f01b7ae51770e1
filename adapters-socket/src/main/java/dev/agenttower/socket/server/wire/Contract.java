package dev.agenttower.socket.server.wire;

/** Names and versions of the contract for control panels. */
public final class Contract {
    /** The version, as every answer carries it. */
    public static final String VERSION = "1.1";
    /** The oldest minor version that clients may count on. */
    public static final String OLDEST_MINOR = "1.0";
    /** The one major version that is spoken. */
    public static final int MAJOR = 1;
    /** What the names of its methods begin with. */
    public static final String PREFIX = "app.";

    private Contract() {}
}
