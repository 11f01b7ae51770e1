package dev.agenttower.bench.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import dev.agenttower.core.pane.BenchPanes.Unreachable;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.TmuxServer;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PaneScriptTest {
    private static final String WORD = "0123456789abcdef";
    private static final String BORDER = "|" + WORD + "|";
    private static final String END = "|" + WORD + "/";
    private static final String FOLDER = "/tmp/tmux-1000";
    private static final ObservedPane PANE = pane("/work", "a title");
    private static final String ROW = BORDER
            + String.join(
                    BORDER,
                    "7",
                    "1700000000",
                    "work",
                    "1",
                    "0",
                    "%3",
                    "42",
                    "/dev/pts/1",
                    "1",
                    "vim",
                    "/work",
                    "a title",
                    "1")
            + END
            + "\n";

    private static ObservedPane pane(String path, String title) {
        var identity = new PaneIdentity(new TmuxServer(7, 1_700_000_000), null);
        return new ObservedPane("work", 1, 0, "%3", 42, "/dev/pts/1", "vim", path, title, true, identity, true);
    }

    private final PaneScript script = new PaneScript(WORD);

    @Example
    void reads_the_panes_of_every_socket_in_the_order_of_the_folder() {
        String printed = begin() + socket("a") + socket("b") + listed() + rows("a", ROW, 0, "") + rows("b", "", 0, "");

        assertThat(parse(printed + done()))
                .isEqualTo(new Listed(List.of(
                        new SocketPanes(FOLDER + "/a", new Seen(List.of(PANE), 0)),
                        new SocketPanes(FOLDER + "/b", new Seen(List.of(), 0)))));
    }

    @Example
    void an_empty_folder_is_known_to_be_empty() {
        assertThat(parse(begin() + listed() + done())).isEqualTo(new Listed(List.of()));
    }

    @Example
    void one_server_that_is_gone_does_not_hide_the_other() {
        String printed = begin()
                + socket("a")
                + socket("b")
                + listed()
                + rows("a", "", 1, "error connecting to /tmp/tmux-1000/a (Connection refused)")
                + rows("b", ROW, 0, "");

        Listed listed = (Listed) parse(printed + done());

        assertThat(listed.sockets().get(0).outcome()).isEqualTo(new Seen(List.of(), 0));
        assertThat(listed.sockets().get(1).outcome()).isInstanceOf(Seen.class);
    }

    @Example
    void a_socket_that_vanishes_between_the_two_looks_has_no_server() {
        Listed listed = (Listed) parse(begin() + socket("a") + listed() + done());

        assertThat(listed.sockets().get(0).outcome()).isEqualTo(new Seen(List.of(), 0));
    }

    @Example
    void keeps_what_was_answered_before_the_deadline() {
        String printed =
                begin() + socket("a") + socket("b") + listed() + rows("a", ROW, 0, "") + part("rows", FOLDER + "/b");

        Listed listed = (Listed) script.parse(printed, Duration.ofSeconds(5));

        assertThat(listed.sockets().get(0).outcome()).isEqualTo(new Seen(List.of(PANE), 0));
        assertThat(listed.sockets().get(1).outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.DOCKER_EXEC_TIMEOUT));
    }

    @Example
    void a_deadline_before_the_sockets_are_known_is_that_of_the_bench() {
        assertThat(codeOf(script.parse(part("pid", "7"), Duration.ofSeconds(5))))
                .isEqualTo(ErrorCode.DOCKER_EXEC_TIMEOUT);
        assertThat(codeOf(script.parse("", Duration.ofSeconds(5)))).isEqualTo(ErrorCode.DOCKER_EXEC_TIMEOUT);
    }

    @Example
    void names_what_is_wrong_with_the_bench() {
        assertThat(codeOf(parse(begin() + part("missing", FOLDER)))).isEqualTo(ErrorCode.SOCKET_DIR_MISSING);
        assertThat(codeOf(parse(begin() + part("unreadable", FOLDER)))).isEqualTo(ErrorCode.SOCKET_UNREADABLE);
        assertThat(codeOf(parse(part("pid", "7") + part("user", "127 sh: id: not found"))))
                .isEqualTo(ErrorCode.DOCKER_EXEC_FAILED);
        assertThat(codeOf(parse(part("pid", "7") + part("user", "0 nobody")))).isEqualTo(ErrorCode.OUTPUT_MALFORMED);
        assertThat(codeOf(parse(part("pid", "7") + part("user", "0 ")))).isEqualTo(ErrorCode.OUTPUT_MALFORMED);
        assertThat(codeOf(parse(part("pid", "7")))).isEqualTo(ErrorCode.DOCKER_EXEC_FAILED);
    }

    @Example
    void a_title_that_looks_like_a_part_is_a_title() {
        ObservedPane liar = pane("/work\nx-end 1 ", "fedcba9876543210-end 0 ");
        String row = ROW.replace("/work", "/work\nx-end 1 ").replace("a title", "fedcba9876543210-end 0 ");

        Listed listed = (Listed) parse(begin() + socket("a") + listed() + rows("a", row, 0, "") + done());

        assertThat(listed.sockets().get(0).outcome()).isEqualTo(new Seen(List.of(liar), 0));
    }

    @Example
    void knows_the_process_to_kill() {
        assertThat(script.processOf(begin())).hasValue(7);
        assertThat(script.processOf("OCI runtime exec failed")).isEmpty();
        assertThat(script.processOf(part("pid", "-1"))).isEmpty();
    }

    @Property(tries = 2000)
    void no_output_makes_the_reading_throw(@ForAll("noise") String printed, @ForAll boolean late) {
        assertThat(script.parse(printed, late ? Duration.ofSeconds(5) : null)).isNotNull();
        assertThat(script.processOf(printed)).isNotNull();
    }

    @Provide
    Arbitrary<String> noise() {
        Arbitrary<String> parts = Arbitraries.of(
                begin(),
                listed(),
                done(),
                socket("a"),
                socket("b"),
                part("rows", FOLDER + "/a"),
                part("end", "0"),
                "no server running\n",
                part("end", "1"),
                ROW,
                WORD + "-",
                BORDER,
                "\n",
                " ",
                "0",
                "nonsense",
                "\u0000",
                FOLDER);
        return parts.list().ofMaxSize(20).map(list -> String.join("", list));
    }

    private BenchPanes parse(String printed) {
        return script.parse(printed, null);
    }

    private static ErrorCode codeOf(BenchPanes panes) {
        return ((Unreachable) panes).code();
    }

    private static String begin() {
        return part("pid", "7") + part("user", "0 1000");
    }

    private static String socket(String name) {
        return part("socket", FOLDER + "/" + name);
    }

    private static String listed() {
        return part("listed", FOLDER);
    }

    private static String rows(String name, String rows, int code, String complaint) {
        return part("rows", FOLDER + "/" + name) + rows + complaint + "\n" + part("end", String.valueOf(code));
    }

    private static String done() {
        return part("done", "");
    }

    private static String part(String name, String text) {
        return WORD + "-" + name + " " + text + "\n";
    }
}
