package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("tmux")
final class LocalPaneChangesContractTest extends PaneChangesContract {
    private static final String[] QUESTIONS = {
        "show-options -g",
        "show-options -gw",
        "show-options -s",
        "show-hooks -g",
        "list-clients",
        "list-sessions",
        "list-windows -a"
    };

    @RegisterExtension
    final LocalLab lab = new LocalLab();

    private int names;

    @Override
    PaneChanges changes() {
        return lab.benches().paneChanges();
    }

    @Override
    BenchTarget target() {
        return lab.target();
    }

    @Override
    void startServer(String name) {
        lab.tmux().start(name, 1);
    }

    @Override
    void openPane(String server) {
        lab.tmux().run(server, "new-window", "-t", "work", "sleep", "1000");
    }

    @Override
    void closePane(String server) {
        lab.tmux().run(server, "kill-pane", "-t", "work");
    }

    @Override
    void renameSession(String server) {
        // by its id, since its name is another one each time
        lab.tmux().run(server, "rename-session", "-t", "$0", "named-" + names++);
    }

    @Override
    void setTitle(String server) {
        lab.tmux().run(server, "select-pane", "-t", "%0", "-T", "titled " + names++);
    }

    @Override
    void endServer(String name) {
        lab.tmux().run(name, "kill-server");
    }

    @Override
    void settle() {
        // the first look is at once, on the thread of the watch, which sleeps afterwards
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("bench-watch-host")
                        && thread.getState() == Thread.State.TIMED_WAITING));
    }

    @Test
    void changes_nothing_in_the_tmux_that_is_watched_and_asked() {
        startServer("default");
        String before = state();
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            settle();
            lab.benches().paneSource().list(target());
            noticed(() -> openPane("default"));
            noticed(() -> closePane("default"));
            lab.benches().paneSource().list(target());
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void a_job_of_the_status_line_is_no_news() {
        startServer("default");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(() -> told() == 1);
            settle();
            lab.tmux().run("default", "run-shell", "-b", "sleep 3");
            noticed(() -> openPane("default"));
            assertThat(told()).isEqualTo(2);
        }
    }

    private String state() {
        StringBuilder state = new StringBuilder();
        for (String question : QUESTIONS) {
            state.append(question).append(":\n").append(lab.tmux().run("default", question.split(" ", -1)));
        }
        return state.toString();
    }
}
