package dev.agenttower.cli.surroundings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment with which other processes of this user were started. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /** The variables of a process; none if it has ended or belongs to another user. */
    public static Map<String, String> of(long pid) {
        Map<String, String> variables = new HashMap<>();
        try {
            Path environ = Path.of("/proc", Long.toString(pid), "environ");
            for (String variable : new String(Files.readAllBytes(environ), StandardCharsets.UTF_8).split("\0", 0)) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.put(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            // as documented
        }
        return variables;
    }
}
