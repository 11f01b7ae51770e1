package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextStepTest {
    private static BenchPane pane(String bench, String socket, String id) {
        return new BenchPane(
                new PaneKey(new ContainerId(bench + "-id"), socket, "w", 0, 0, id),
                bench,
                "me",
                "sh",
                "/",
                Optional.empty());
    }

    private static Bench bench(String name, BenchPane... panes) {
        return new Bench(name + "-id", name, "", List.of(panes));
    }

    private static String command(String code, String kind, String id, Bench... benches) {
        ObjectNode recommendation =
                JsonText.object().put("code", code).put("title", "t").putNull("detail");
        if (!id.isEmpty()) {
            recommendation.putObject("target").put("kind", kind).put("id", id);
        }
        return NextStep.of(recommendation, List.of(benches)).command();
    }

    @ParameterizedTest
    @CsvSource({
        "subsystem_degraded, docker, agenttower demo",
        "subsystem_degraded, sqlite, agenttower config doctor",
        "subsystem_degraded, tmux_discovery, agenttower scan --panes",
        "no_containers, '', agenttower demo",
        "no_panes_discovered, c, agenttower scan --containers --panes",
        "all_clear, '', agenttower dashboard --watch",
        "a_code_of_tomorrow, '', agenttower dashboard --watch"
    })
    void every_recommendation_has_its_command(String code, String target, String command) {
        assertThat(command(code, "subsystem", target)).isEqualTo(command);
    }

    @Test
    void a_free_pane_is_named_as_shortly_as_it_can_be() {
        assertThat(command("unadopted_panes_present", "pane", "%1", bench("a", pane("a", "/t/default", "%1"))))
                .isEqualTo("agenttower adopt --pane '%1' --role slave --label NAME");
    }

    @Test
    void a_pane_with_namesakes_is_named_with_bench_and_socket() {
        assertThat(command(
                        "unadopted_panes_present",
                        "pane",
                        "%1",
                        bench("a b", pane("a b", "/t/default", "%1"), pane("a b", "/t/x", "%1")),
                        bench("c", pane("c", "/t/default", "%1"))))
                .isEqualTo("agenttower adopt --pane '%1' --container 'a b' --socket default --role slave --label NAME");
    }

    @Test
    void panes_of_the_past_are_not_offered_for_adoption() {
        assertThat(command("unadopted_panes_present", "pane", "", bench("a")))
                .isEqualTo("agenttower dashboard --watch");
    }

    @Test
    void without_a_recommendation_there_is_nothing_to_do() {
        assertThat(NextStep.of(JsonText.object().putNull("x").path("x"), List.of())
                        .code())
                .isEqualTo("all_clear");
    }
}
