package dev.agenttower.cli.surroundings;

/** The rule that determined the daemon's socket. */
public enum SocketAddressSource {
    /** Set by {@code AGENTTOWER_SOCKET}. */
    ENV_OVERRIDE("env_override"),
    /** Mounted at its default path in a container. */
    MOUNTED_DEFAULT("mounted_default"),
    /** In the state directory. */
    HOST_DEFAULT("host_default");

    private final String token;

    SocketAddressSource(String token) {
        this.token = token;
    }

    /** The name in reports, such as {@code host_default}. */
    public String token() {
        return token;
    }
}
