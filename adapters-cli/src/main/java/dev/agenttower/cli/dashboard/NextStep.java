package dev.agenttower.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recommended next step.
 *
 * @param code the daemon's code for it
 * @param title one line
 * @param detail one line, may be empty
 * @param command the command for it; empty if there is nothing to do
 */
public record NextStep(String code, String title, String detail, String command) {
    private static final String ADOPT = "unadopted_panes_present";
    private static final String NOTHING = "Nothing needs you now";
    private static final String WATCH = "agenttower dashboard --watch";

    /** The daemon's recommendation, with its command. */
    static NextStep of(JsonNode recommendation, List<Bench> benches) {
        String code = recommendation.path("code").asText("all_clear");
        @Nullable String target = recommendation.path("target").path("id").textValue();
        long free = benches.stream()
                .flatMap(bench -> bench.panes().stream())
                .filter(BenchPane::isFree)
                .count();
        if (code.equals(ADOPT) && free == 0) {
            // The daemon also counts inactive panes, which cannot be adopted.
            return new NextStep("all_clear", NOTHING, "", WATCH);
        }
        String title = recommendation.path("title").asText(NOTHING);
        return new NextStep(
                code,
                code.equals(ADOPT) ? free + (free == 1 ? " pane waits" : " panes wait") + " to be adopted" : title,
                textOrEmpty(recommendation.path("detail")),
                command(code, target, benches));
    }

    /** The next step when the daemon gives no recommendation. */
    static NextStep insideContainer(List<Bench> benches) {
        if (benches.isEmpty()) {
            return new NextStep("no_containers", "No bench is known yet", "", "agenttower scan --containers --panes");
        }
        return new NextStep(
                ADOPT,
                "Agents in containers register themselves",
                "Run this inside the tmux pane of the agent.",
                "agenttower register-self --role slave --label NAME");
    }

    private static String textOrEmpty(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }

    private static String command(String code, @Nullable String target, List<Bench> benches) {
        return switch (code) {
            case "subsystem_degraded" -> repair(target, benches);
            case "no_containers" -> "agenttower demo";
            case "no_panes_discovered" -> "agenttower scan --containers --panes";
            case ADOPT -> adopt(target, benches);
            default -> WATCH;
        };
    }

    private static String repair(@Nullable String subsystem, List<Bench> benches) {
        if ("docker".equals(subsystem)) {
            return benches.isEmpty() ? "agenttower demo" : "docker info";
        }
        return "tmux_discovery".equals(subsystem) ? "agenttower scan --panes" : "agenttower config doctor";
    }

    private static String adopt(@Nullable String paneId, List<Bench> benches) {
        Optional<BenchPane> pane = benches.stream()
                .flatMap(bench -> bench.panes().stream())
                .filter(BenchPane::isFree)
                .filter(free -> paneId == null || free.key().paneId().equals(paneId))
                .findFirst();
        return pane.map(free -> adoptCommand(free, benches)).orElse("agenttower adopt");
    }

    /** The command that adopts a pane, with the options needed to identify it uniquely. */
    static String adoptCommand(BenchPane pane, List<Bench> benches) {
        StringBuilder command = new StringBuilder("agenttower adopt --pane '")
                .append(pane.key().paneId())
                .append('\'');
        List<BenchPane> namesakes = benches.stream()
                .flatMap(bench -> bench.panes().stream())
                .filter(other -> other.key().paneId().equals(pane.key().paneId()))
                .toList();
        boolean inOtherBench = namesakes.stream()
                .anyMatch(other -> !other.key().container().equals(pane.key().container()));
        boolean onOtherSocket = namesakes.stream()
                .anyMatch(other -> other.key().container().equals(pane.key().container())
                        && !other.key().socketPath().equals(pane.key().socketPath()));
        if (inOtherBench) {
            command.append(" --container ").append(quoted(pane.benchName()));
        }
        if (onOtherSocket) {
            command.append(" --socket ").append(quoted(pane.socketName()));
        }
        return command.append(" --role slave --label NAME").toString();
    }

    /** A word of a command to type in a shell. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9._/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
