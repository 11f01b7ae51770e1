package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.hook.HookCall;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a hook knows besides its input: its environment and the folder in which it runs. */
record HookSurroundings(CliContext context) {
    /** The bytes of an input that are read: more than the daemon takes, so that it refuses what is longer. */
    static final int MAX_INPUT = 16 << 20;

    /** The nearest folder that looks governed, of this one and those above it; null if there is none. */
    static @Nullable Path governed(Path folder) {
        for (@Nullable Path each = folder; each != null; each = each.getParent()) {
            if (Files.isDirectory(each.resolve("_cortex"))
                    || Files.isRegularFile(each.resolve("config/dttp.json"))
                    || Files.isRegularFile(each.resolve("config/jurisdictions.json"))) {
                return each;
            }
        }
        return null;
    }

    /** The call about an event, as the environment tells it. */
    HookCall call(String client, String event, @Nullable Long process, boolean isGoverned) {
        return new HookCall(
                client,
                event,
                context.variable("ADT_ROLE"),
                context.variable("ADT_SPEC_ID"),
                context.variable("ADT_AGENT"),
                process,
                isGoverned);
    }

    /** The socket that hooks call. */
    Path socket() {
        return GovernanceClient.socketBeside(context.socket().path());
    }
}
