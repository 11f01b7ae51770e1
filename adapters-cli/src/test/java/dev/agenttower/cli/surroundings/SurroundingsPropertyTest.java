package dev.agenttower.cli.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SurroundingsPropertyTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @Provide
    Arbitrary<String> hexIds() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of("0::/", "1:cpu:/docker/", "docker-", "kubepods/burstable/", ".scope", "/lxc/", "x")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 100)
    void an_id_is_found_in_every_usual_line(@ForAll("hexIds") String id) {
        for (String line : List.of(
                "0::/docker/" + id,
                "0::/system.slice/docker-" + id + ".scope",
                "4:memory:/lxc/" + id + "/ns",
                "0::/kubepods/burstable/pod0f3e-11/" + id,
                "0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-" + id + ".scope",
                "1:name=systemd:/containerd/" + id)) {
            assertThat(CgroupIds.distinct(List.of(line, line))).as(line).containsExactly(id);
        }
    }

    @Property(tries = 500)
    void any_line_gives_ids_of_at_least_eight_characters_or_none(@ForAll("lines") String line) {
        assertThat(CgroupIds.distinct(List.of(line))).allMatch(id -> id.length() >= 8 && id.matches("[0-9A-Za-z_-]+"));
    }

    @Example
    void several_ids_are_kept_in_their_order() {
        assertThat(CgroupIds.distinct(List.of("2:cpu:/docker/bbbbbbbbbbbb", "1:mem:/docker/aaaaaaaaaaaa", "0::/")))
                .containsExactly("bbbbbbbbbbbb", "aaaaaaaaaaaa");
    }

    @Example
    void the_word_for_the_quality_of_service_is_no_container() {
        assertThat(CgroupIds.distinct(List.of("0::/kubepods/burstable/pod12/0123456789ab")))
                .containsExactly("0123456789ab");
        assertThat(CgroupIds.distinct(List.of("0::/docker/short"))).isEmpty();
    }

    @Example
    void only_the_four_engines_make_a_container() {
        for (String line : List.of("0::/docker/" + ID, "0::/containerd/x", "0::/kubepods/x", "1:a:/lxc/x")) {
            assertThat(new ContainerSigns(false, false, List.of(line)).isContainer())
                    .isTrue();
        }
        assertThat(new ContainerSigns(false, false, List.of("0::/", "0::/user.slice/docker-x")).isContainer())
                .isFalse();
        assertThat(new ContainerSigns(false, true, List.of()).isContainer()).isTrue();
    }

    @Property(tries = 500)
    void any_two_variables_give_an_answer(@ForAll String tmux, @ForAll String pane) {
        assertThat(TmuxIdentity.of(Map.of("TMUX", tmux, "TMUX_PANE", pane))).isNotNull();
    }

    @Property(tries = 200)
    void a_well_formed_pane_is_read(@ForAll("sockets") String socket, @ForAll("numbers") int pane) {
        assertThat(TmuxIdentity.of(Map.of("TMUX", socket + ",123,4,5", "TMUX_PANE", "%" + pane)))
                .isEqualTo(new TmuxIdentity.InPane(socket, "4,5", "%" + pane));
    }

    @Provide
    Arbitrary<String> sockets() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("/-_.")
                .ofMinLength(1)
                .ofMaxLength(40);
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, 1_000_000);
    }

    @Example
    void each_flaw_has_its_reason() {
        assertThat(TmuxIdentity.of(Map.of("TMUX_PANE", "%1"))).isEqualTo(new TmuxIdentity.Outside());
        assertThat(TmuxIdentity.of(Map.of("TMUX", "", "TMUX_PANE", "%1"))).isEqualTo(new TmuxIdentity.Outside());
        assertThat(malformed("/s,1", "%1")).isEqualTo("$TMUX is set but does not have three comma-separated fields");
        assertThat(malformed("/s,,0", "%1")).isEqualTo("$TMUX has an empty field");
        assertThat(malformed("/s,1,0", "")).isEqualTo("$TMUX is set but $TMUX_PANE is unset");
        for (String pane : List.of("1", "%", "%1x", "%٣", "x%1")) {
            assertThat(malformed("/s,1,0", pane)).isEqualTo("$TMUX_PANE does not match the %N shape");
        }
    }

    private static String malformed(String tmux, String pane) {
        return ((TmuxIdentity.Malformed) TmuxIdentity.of(Map.of("TMUX", tmux, "TMUX_PANE", pane))).reason();
    }
}
