package dev.agenttower.client.governance.hook;

/**
 * What a hook has to do.
 *
 * @param exitStatus its exit status: 0, or 2 to deny a tool call
 * @param text what it prints: for 0 on stdout, for 2 on stderr; empty for nothing
 */
public record HookAnswer(int exitStatus, String text) {
    /** Whether the tool call must not be made. */
    public boolean isDenial() {
        return exitStatus != 0;
    }
}
