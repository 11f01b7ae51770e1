package dev.agenttower.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.console.ConsoleState.Page;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.DashboardCommand;
import dev.agenttower.cli.dashboard.PaneJump;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.queue.RoutingCall;
import dev.agenttower.cli.queue.SentPrompt;
import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.client.AdoptPane;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.DecidedChange;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.inbox.InboxItem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The loop of the console: draws what is shown and known, waits for a key, and does what the key asks for. What calls the daemon runs in a
 * thread of its own, {@code agenttower-console-work}, one call after the other; what needs the terminal runs in the loop.
 */
final class Console {
    /** Nothing shown is more exact than a minute. */
    private static final Duration BETWEEN_DRAWINGS = Duration.ofSeconds(15);

    private static final double SECONDS_FOR_DELIVERY = 10;

    private final CliContext context;
    private final DaemonAccess daemon;
    private final FullScreen screen;
    private final TowerFeed feed;
    private final PaneFeed screens;
    private final ColourDepth depth;
    private final Queue<UnaryOperator<ConsoleState>> updates = new ConcurrentLinkedQueue<>();
    private final ExecutorService work = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "agenttower-console-work");
        thread.setDaemon(true);
        return thread;
    });
    private ConsoleState state = ConsoleState.START;
    private boolean isRunning = true;

    private Console(CliContext context, DaemonAccess daemon, FullScreen screen) {
        this.context = context;
        this.daemon = daemon;
        this.screen = screen;
        depth = ColourDepth.of(context);
        feed = TowerFeed.start(context, daemon, screen::wake);
        screens = PaneFeed.start(new PaneCapture(context, daemon)::read, screen::wake);
    }

    /** Shows the console until a person leaves it. */
    static void run(CliContext context) {
        try (DaemonAccess daemon = DaemonAccess.of(context);
                FullScreen screen =
                        FullScreen.open(context.in(), context.out(), () -> DashboardCommand.size(context))) {
            context.resizes().accept(screen::resized);
            new Console(context, daemon, screen).show();
        }
    }

    private void show() {
        while (isRunning) {
            for (UnaryOperator<ConsoleState> update = updates.poll(); update != null; update = updates.poll()) {
                state = update.apply(state);
            }
            KnownTower tower = feed.tower();
            screens.show(shownPane(tower));
            ScreenSize size = screen.size();
            screen.draw(new ConsoleScreen(
                            tower,
                            screens.screen(),
                            size,
                            Instant.now(),
                            context.environment().getOrDefault("HOME", ""))
                    .lines(state).stream().map(depth::text).toList());
            ConsoleKeys.Step step = new ConsoleKeys(tower, Math.max(ConsoleScreen.bodyRows(size) - 1, 1))
                    .press(state, screen.press(BETWEEN_DRAWINGS));
            if (step.state().page() != state.page()) {
                feed.refresh();
            }
            state = step.state();
            perform(step.effect());
        }
        work.shutdownNow();
    }

    private @Nullable BenchPane shownPane(KnownTower tower) {
        @Nullable Row chosen = state.page() == Page.AGENTS ? Row.chosen(state, tower) : null;
        return chosen == null ? null : chosen.pane();
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Quit) {
            isRunning = false;
        } else if (effect instanceof Effect.Jump jump) {
            jump(jump.pane());
        } else if (effect instanceof Effect.Run run) {
            // The shell reads the words as those of any command line.
            String words = run.command().contains("-- ") ? run.command() : "-- " + run.command();
            state = state.saying(lend("run " + words, List.of()));
        } else if (effect instanceof Effect.Edit edit) {
            InboxItem change = edit.change();
            state = state.on(Page.WAITING)
                    .saying(lend(
                            "scr edit \"$1\" --project \"$2\"",
                            List.of(change.id(), Objects.requireNonNullElse(change.project(), ""))));
        } else if (!(effect instanceof Effect.None)) {
            work.execute(() -> report(() -> call(effect)));
        }
    }

    /** Posts what a call makes of the state, or why it failed. */
    private void report(Supplier<UnaryOperator<ConsoleState>> call) {
        try {
            updates.add(call.get());
        } catch (DaemonException | RefusedException | CommandFailure e) {
            updates.add(now -> now.saying(Failure.text(e)));
        } catch (RuntimeException bug) {
            // The loop ends with it, and the terminal is restored.
            updates.add(now -> {
                throw bug;
            });
        }
        feed.refresh();
        screen.wake();
    }

    private UnaryOperator<ConsoleState> call(Effect effect) {
        if (effect instanceof Effect.Send send) {
            JsonNode row = SentPrompt.sendAsOperator(
                    daemon, context, send.agentId(), SentPrompt.bytes(send.text()), SECONDS_FOR_DELIVERY);
            return now -> now.saying("prompt " + SentPrompt.summary(row));
        }
        if (effect instanceof Effect.Adopt adopt) {
            adopt(adopt.pane(), adopt.label());
            return now -> now.saying("adopted as " + adopt.label());
        }
        if (effect instanceof Effect.Route route) {
            JsonNode result = RoutingCall.call(daemon, context, route.isDelivering() ? "enable" : "disable");
            return now ->
                    now.saying("routing is " + result.path("current_value").asText());
        }
        if (effect instanceof Effect.Read read) {
            Review review = read(read.change());
            return now -> now.page() == Page.WAITING && now.prompt() == null ? now.showing(review) : now;
        }
        if (effect instanceof Effect.Decide decide) {
            return decide(decide.decision(), decide.passphrase());
        }
        throw new IllegalArgumentException(effect + " is no call");
    }

    private void adopt(BenchPane pane, String label) {
        daemon.openSession(context)
                .adopt(new AdoptPane(
                        pane.key(), Role.SLAVE.wire(), pane.capability().wire(), label, null, null, false));
    }

    private Review read(InboxItem item) {
        return Governance.ask(
                context,
                item.project(),
                client -> new Review(item, client.change(item.id()), client.preview(item.id())));
    }

    private UnaryOperator<ConsoleState> decide(Decision decision, @Nullable String passphrase) {
        String id = decision.change().id();
        try {
            DecidedChange decided = Governance.ask(context, decision.change().project(), client -> {
                GovernanceClient human = passphrase == null ? client : client.withPassphrase(passphrase);
                @Nullable Authorization authorization = decision.authorization();
                return authorization == null ? human.reject(id, decision.reason()) : human.authorize(authorization);
            });
            return now ->
                    (now.page() == Page.REVIEW ? now.on(Page.WAITING) : now).saying(id + " is " + decided.newStatus());
        } catch (GovernanceRefusedException e) {
            if (PassphraseOption.isDemanded(e)) {
                String question = passphrase == null ? "Operator passphrase" : "That is not it. Operator passphrase";
                return now -> now.prompt() == null
                        ? now.saying("")
                                .asking(Prompt.of(Prompt.Kind.PASSPHRASE, question)
                                        .about(decision))
                        : now.saying(Failure.text(e));
            }
            if (e.details().has("current_sha256") || e.details().has("result_sha256")) {
                Review changed = read(decision.change());
                return now -> (now.page() == Page.REVIEW && now.prompt() == null ? now.showing(changed) : now)
                        .saying("nothing was authorized: it has changed meanwhile, and this is what it is now");
            }
            throw e;
        }
    }

    private void jump(BenchPane pane) {
        try {
            String message = new PaneJump(daemon, context).to(pane, screen);
            state = state.saying(message);
            // A popup would hide the pane.
            isRunning = !(message.isEmpty() && isPopup());
        } catch (DaemonException e) {
            state = state.saying(Failure.text(e));
        }
    }

    /** Whether this is a popup of tmux, which is of a session but of no pane. */
    private boolean isPopup() {
        return !context.environment().getOrDefault("TMUX", "").isEmpty()
                && context.environment().getOrDefault("TMUX_PANE", "").isEmpty();
    }

    /**
     * Runs a command of this program in the terminal; a failure stays to be read until Enter is pressed.
     *
     * @return what became of it, in a few words
     */
    private String lend(String commandLine, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "\"$0\" " + commandLine
                        + " && exit; status=$?; printf 'Enter leads back to the console. '; read -r line; exit $status",
                context.programFolder().resolve("agenttower").toString()));
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().clear();
        program.environment().putAll(context.environment());
        try {
            int status = screen.lend(program);
            feed.refresh();
            return status == 0 ? "done" : "ended with status " + status;
        } catch (IOException e) {
            return "sh cannot be started";
        }
    }
}
