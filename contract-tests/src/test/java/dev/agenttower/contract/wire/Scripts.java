package dev.agenttower.contract.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scripts of the world: what the container engine and tmux answer. */
final class Scripts {
    private Scripts() {}

    /** A running container, as the engine lists it. */
    static Map<String, Object> running(String id, String name) {
        return Map.of("container_id", id, "name", name, "image", "img", "status", "running");
    }

    /** What the engine tells about a container. */
    static Map<String, Object> inspected(String id, String name, String image) {
        return Map.of("container_id", id, "name", name, "image", image, "status", "running", "config_user", "dev:1000");
    }

    /** An engine that answers. */
    static String engine(List<?> containers, List<?> results, Map<String, ?> errors) {
        return text(Map.of(
                "list_running",
                Map.of("action", "ok", "containers", containers),
                "inspect",
                Map.of("action", "ok", "results", results, "per_container_errors", errors)));
    }

    /** An engine with running benches and nothing else; each has its name in front of its image. */
    static String engine(String... idsAndNames) {
        List<Object> running = new ArrayList<>();
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < idsAndNames.length; i += 2) {
            running.add(running(idsAndNames[i], idsAndNames[i + 1]));
            results.add(inspected(idsAndNames[i], idsAndNames[i + 1], "img"));
        }
        return engine(running, results, Map.of());
    }

    /** An engine of which one call fails. */
    static String failingEngine(String call, String action, String message) {
        return text(Map.of(
                "list_running",
                call.equals("list_running")
                        ? Map.of("action", action, "message", message)
                        : Map.of("containers", List.of(running("abc", "py-bench"), running("def", "redis"))),
                "inspect",
                Map.of("action", action, "message", message)));
    }

    /** A pane of session {@code main}, window 0; its number stands in all that is not said. */
    static Map<String, Object> pane(int number) {
        return pane("main", 0, number, "%" + number);
    }

    /** A pane. */
    static Map<String, Object> pane(String session, int window, int index, String id) {
        Map<String, Object> pane = new LinkedHashMap<>();
        pane.put("session_name", session);
        pane.put("window_index", window);
        pane.put("pane_index", index);
        pane.put("pane_id", id);
        pane.put("pane_pid", 1000 + index);
        pane.put("pane_tty", "/dev/pts/" + index);
        pane.put("pane_current_command", "bash");
        pane.put("pane_current_path", "/workspace");
        pane.put("pane_title", "title " + index);
        pane.put("pane_active", index == 0);
        return pane;
    }

    /** A bench whose tmux sockets answer; a value is a list of panes or a {@link #failure}. */
    static Map<String, Object> bench(Map<String, ?> sockets) {
        return Map.of("uid", "1000", "sockets", sockets);
    }

    /** A tmux socket that fails. */
    static Map<String, Object> failure(String code, String message) {
        return Map.of("failure", Map.of("code", code, "message", message));
    }

    /** tmux in these benches. */
    static String tmux(Map<String, ?> benches) {
        return text(Map.of("containers", benches));
    }

    static String text(Object value) {
        return Answers.tree(value).toString();
    }
}
