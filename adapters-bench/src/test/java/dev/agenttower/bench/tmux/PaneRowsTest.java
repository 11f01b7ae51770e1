package dev.agenttower.bench.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.TmuxServer;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class PaneRowsTest {
    private static final String WORD = "0123456789abcdef";
    private static final String BORDER = "|" + WORD + "|";
    private static final String END = "|" + WORD + "/";

    private final PaneRows rows = new PaneRows(WORD);

    @Property
    void whatever_a_pane_holds_is_read_as_it_was_printed(@ForAll("panes") List<ObservedPane> panes) {
        String printed = panes.stream().map(PaneRowsTest::print).collect(Collectors.joining());

        assertThat(rows.parse(printed)).isEqualTo(new Seen(panes, 0));
    }

    @Property(tries = 2000)
    void no_output_makes_the_reading_throw(@ForAll("noise") String printed) {
        SocketOutcome outcome = rows.parse(printed);

        assertThat(outcome).isInstanceOfAny(Seen.class, Failed.class);
    }

    @Example
    void an_empty_answer_is_a_server_without_panes() {
        assertThat(rows.parse("")).isEqualTo(new Seen(List.of(), 0));
        assertThat(rows.parse("\n")).isEqualTo(new Seen(List.of(), 0));
    }

    @Example
    void good_rows_are_kept_beside_malformed_ones() {
        ObservedPane good = new ObservedPane("s", 0, 0, "%0", 1, "/dev/pts/0", "sh", "/", "t", true);
        String bad = print(good).replace(BORDER + "0" + BORDER, BORDER + "zero" + BORDER);

        assertThat(rows.parse(print(good) + bad)).isEqualTo(new Seen(List.of(good), 1));
    }

    @Example
    void nothing_but_malformed_rows_is_a_failure() {
        assertThat(rows.parse("no server speaks like this\n"))
                .isEqualTo(new Failed(ErrorCode.OUTPUT_MALFORMED, "1 tmux list-panes rows malformed or unparseable"));
    }

    @Example
    void a_tmux_that_does_not_tell_its_start_leaves_a_pane_without_identity() {
        ObservedPane pane = new ObservedPane("s", 0, 0, "%0", 1, "/dev/pts/0", "sh", "/", "t", true);
        assertThat(rows.parse(BORDER + "77" + print(pane).substring(BORDER.length())))
                .isEqualTo(new Seen(List.of(pane), 0));
    }

    @Example
    void a_pane_is_active_or_not_and_nothing_else() {
        ObservedPane pane = new ObservedPane("s", 0, 0, "%0", 1, "/dev/pts/0", "sh", "/", "t", true);
        String odd = print(pane).replace(BORDER + "1" + BORDER + "sh", BORDER + "2" + BORDER + "sh");

        assertThat(rows.parse(odd)).isInstanceOf(Failed.class);
    }

    private static String print(ObservedPane pane) {
        return BORDER
                + String.join(
                        BORDER,
                        pane.identity() == null
                                ? ""
                                : String.valueOf(pane.identity().server().pid()),
                        pane.identity() == null
                                ? ""
                                : String.valueOf(pane.identity().server().startedAt()),
                        pane.sessionName(),
                        String.valueOf(pane.windowIndex()),
                        String.valueOf(pane.paneIndex()),
                        pane.paneId(),
                        String.valueOf(pane.pid()),
                        pane.tty(),
                        pane.focused() ? "1" : "0",
                        pane.currentCommand(),
                        pane.currentPath(),
                        pane.title(),
                        pane.isPiped() == null ? "" : pane.isPiped() ? "1" : "0")
                + END
                + "\n";
    }

    @Provide
    Arbitrary<List<ObservedPane>> panes() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.strings().withChars("\t\n\r|:\u001e\u2028\ufffd ab").ofMaxLength(12));
        return Combinators.combine(
                        text,
                        Arbitraries.integers(),
                        Arbitraries.integers(),
                        text,
                        Arbitraries.longs(),
                        text,
                        text,
                        Combinators.combine(
                                        text,
                                        Arbitraries.of(true, false),
                                        identities(),
                                        Arbitraries.of(true, false).injectNull(0.2))
                                .as(Rest::new))
                .as((session, window, index, id, pid, command, path, rest) -> new ObservedPane(
                        session,
                        window,
                        index,
                        id,
                        pid,
                        "/dev/pts/0",
                        command,
                        path,
                        rest.title(),
                        rest.focused(),
                        rest.identity(),
                        rest.isPiped()))
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<@Nullable PaneIdentity> identities() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((pid, start) -> new PaneIdentity(new TmuxServer(pid, start), null))
                .injectNull(0.2);
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(BORDER, END, "\n", "1", "0", "%1", "text", "\t", "", "-5", "99999999999999999999", WORD)
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    /** The fields beyond the eighth, which is as many as can be combined at once. */
    private record Rest(
            String title,
            boolean focused,
            @Nullable PaneIdentity identity,
            @Nullable Boolean isPiped) {}
}
