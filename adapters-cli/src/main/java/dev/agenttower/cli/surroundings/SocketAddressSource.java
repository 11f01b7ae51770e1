package dev.agenttower.cli.surroundings;

/** Which rule found the socket of the daemon. */
public enum SocketAddressSource {
    /** {@code AGENTTOWER_SOCKET} names it. */
    ENV_OVERRIDE("env_override"),
    /** It is mounted at its usual place in a container. */
    MOUNTED_DEFAULT("mounted_default"),
    /** It lies in the state directory. */
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
