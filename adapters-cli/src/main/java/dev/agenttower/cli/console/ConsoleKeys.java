package dev.agenttower.cli.console;

import dev.agenttower.cli.console.ConsoleState.Page;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.cli.governance.change.ChangeText;
import dev.agenttower.cli.terminal.KeyPress;
import dev.agenttower.cli.terminal.KeyPress.Kind;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.inbox.InboxItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key does. A function of what is shown and known, and of the key.
 *
 * @param page the rows of a page, by which Page Up and Page Down move
 */
record ConsoleKeys(KnownTower tower, int page) {
    private static final Effect NONE = new Effect.None();

    /** What is shown after a key, and what the key does elsewhere. */
    record Step(ConsoleState state, Effect effect) {}

    Step press(ConsoleState state, KeyPress key) {
        if (key.kind() == Kind.CLOSED) {
            return new Step(state, new Effect.Quit());
        }
        @Nullable Prompt prompt = state.prompt();
        if (prompt != null) {
            return prompt.kind().isConfirmation() ? confirm(state, prompt, key) : type(state, prompt, key);
        }
        ConsoleState quiet = key.kind() == Kind.NONE || key.kind() == Kind.RESIZED ? state : state.saying("");
        return switch (key.kind()) {
            case UP -> move(quiet, -1);
            case DOWN -> move(quiet, 1);
            case PAGE_UP -> move(quiet, -page);
            case PAGE_DOWN -> move(quiet, page);
            case START -> move(quiet, Integer.MIN_VALUE / 2);
            case END -> move(quiet, Integer.MAX_VALUE / 2);
            case ENTER -> enter(quiet);
            case ESCAPE -> back(quiet);
            case CONTROL -> control(quiet, key.text().charAt(0));
            case CHARACTER -> character(quiet, key.text());
            case CLOSED, PASTE, BACKSPACE, RESIZED, OTHER, NONE -> stay(quiet);
        };
    }

    private static Step stay(ConsoleState state) {
        return new Step(state, NONE);
    }

    private static Step ask(ConsoleState state, Prompt prompt) {
        return stay(state.asking(prompt));
    }

    private Step move(ConsoleState state, int by) {
        List<String> keys = Row.of(state, tower).stream().map(Row::key).toList();
        if (state.page() == Page.REVIEW || state.page() == Page.HELP) {
            return stay(state.scrolled(state.scroll() + by));
        }
        if (keys.isEmpty()) {
            return stay(state);
        }
        int next = keys.indexOf(state.chosenOf(keys)) + by;
        return stay(state.choosing(keys.get(Math.max(0, Math.min(next, keys.size() - 1)))));
    }

    private Step control(ConsoleState state, char letter) {
        return switch (letter) {
            case 'g' -> stay(state.on(Page.WAITING));
            case 'n' -> move(state, 1);
            case 'p' -> move(state, -1);
            case 'c' -> new Step(state, new Effect.Quit());
            default -> stay(state);
        };
    }

    private static Step back(ConsoleState state) {
        if (!state.filter().isEmpty()) {
            return stay(state.filtered(""));
        }
        return stay(state.on(state.page() == Page.REVIEW ? Page.WAITING : Page.AGENTS));
    }

    private Step enter(ConsoleState state) {
        @Nullable Row row = Row.chosen(state, tower);
        if (row == null || state.page() == Page.REVIEW) {
            return stay(state);
        }
        if (state.page() == Page.ADOPT && row.pane() != null) {
            return adopt(state, row.pane());
        }
        if (row.pane() != null) {
            return new Step(state, new Effect.Jump(row.pane()));
        }
        @Nullable InboxItem item = row.item();
        if (item == null) {
            return stay(state);
        }
        return item.kind() == InboxItem.Kind.CHANGE
                ? new Step(state.saying("reading the change"), new Effect.Read(item))
                : stay(state.saying(item.title() + " is " + item.state() + ": " + item.detail()));
    }

    private Step character(ConsoleState state, String character) {
        return switch (character) {
            case "q" -> state.page() == Page.AGENTS ? new Step(state, new Effect.Quit()) : back(state.filtered(""));
            case "?" -> stay(state.on(Page.HELP));
            case "i" -> stay(state.on(Page.WAITING));
            case "n" ->
                ask(
                        state,
                        Prompt.of(Prompt.Kind.RUN, "Program of the new agent").with("claude"));
            case "k" ->
                ask(
                        state,
                        Prompt.of(
                                Prompt.Kind.ROUTE,
                                tower.isDelivering()
                                        ? "Kill switch: deliver no more prompts?"
                                        : "Deliver prompts again?"));
            case "/" ->
                state.page() == Page.REVIEW || state.page() == Page.HELP
                        ? stay(state)
                        : ask(state, Prompt.of(Prompt.Kind.FILTER, "Filter").with(state.filter()));
            case "a" -> state.page() == Page.REVIEW ? authorize(state) : stay(state.on(Page.ADOPT));
            case "s" -> send(state);
            case "e" -> edit(state);
            case "r" -> reject(state);
            default -> stay(state);
        };
    }

    private Step send(ConsoleState state) {
        @Nullable Row row = state.page() == Page.AGENTS ? Row.chosen(state, tower) : null;
        if (row == null || row.pane() == null) {
            return stay(state);
        }
        String name = row.pane().agent().map(PaneAgent::name).orElse("");
        return ask(
                state,
                Prompt.of(Prompt.Kind.SEND, "Prompt for " + TerminalText.safe(name))
                        .about(row.pane()));
    }

    private Step adopt(ConsoleState state, BenchPane pane) {
        String label = pane.label("{session}", BenchPane.labels(tower.panes()));
        return ask(
                state,
                Prompt.of(Prompt.Kind.LABEL, "Label of the agent in " + TerminalText.safe(pane.address()))
                        .with(label)
                        .about(pane));
    }

    private static Step authorize(ConsoleState state) {
        @Nullable Review review = state.review();
        if (review == null) {
            return stay(state);
        }
        try {
            ChangeText.requireAuthorizable(review.preview());
        } catch (RefusedException e) {
            return stay(state.saying(e.getMessage()));
        }
        Decision decision = new Decision(review.item(), Authorization.ofSeen(review.preview()), "");
        return ask(
                state,
                Prompt.of(Prompt.Kind.AUTHORIZE, ChangeText.question(review.preview()))
                        .about(decision));
    }

    private static Step edit(ConsoleState state) {
        @Nullable Review review = state.page() == Page.REVIEW ? state.review() : null;
        return review == null ? stay(state) : new Step(state, new Effect.Edit(review.item()));
    }

    private static Step reject(ConsoleState state) {
        @Nullable Review review = state.page() == Page.REVIEW ? state.review() : null;
        return review == null
                ? stay(state)
                : ask(
                        state,
                        Prompt.of(Prompt.Kind.REASON, "Reject, because (may be empty)")
                                .about(new Decision(review.item(), null, "")));
    }

    /** Only {@code y} confirms; what was typed ahead or pasted does not. */
    private Step confirm(ConsoleState state, Prompt prompt, KeyPress key) {
        if (key.kind() == Kind.NONE || key.kind() == Kind.RESIZED) {
            return stay(state);
        }
        ConsoleState answered = state.asking(null);
        if (!key.is('y')) {
            return stay(answered.saying("nothing was changed"));
        }
        if (prompt.decision() != null) {
            return new Step(answered.saying("deciding"), new Effect.Decide(prompt.decision(), null));
        }
        return new Step(answered, new Effect.Route(!tower.isDelivering()));
    }

    private Step type(ConsoleState state, Prompt prompt, KeyPress key) {
        return switch (key.kind()) {
            case CHARACTER, PASTE -> typed(state, prompt.with(prompt.text() + key.text()));
            case BACKSPACE -> typed(state, prompt.shorter());
            case CONTROL ->
                key.isControl('u')
                        ? typed(state, prompt.with(""))
                        : key.isControl('c') || key.isControl('g') ? cancel(state, prompt) : stay(state);
            case ESCAPE -> cancel(state, prompt);
            case ENTER -> answer(state.asking(null), prompt);
            case UP, DOWN, PAGE_UP, PAGE_DOWN, START, END, CLOSED, RESIZED, OTHER, NONE -> stay(state);
        };
    }

    private static Step typed(ConsoleState state, Prompt prompt) {
        ConsoleState typed = state.asking(prompt);
        return stay(prompt.kind() == Prompt.Kind.FILTER ? typed.filtered(prompt.text()) : typed);
    }

    private static Step cancel(ConsoleState state, Prompt prompt) {
        ConsoleState answered = state.asking(null);
        return stay(prompt.kind() == Prompt.Kind.FILTER ? answered.filtered("") : answered);
    }

    private static Step answer(ConsoleState state, Prompt prompt) {
        String text = prompt.text();
        @Nullable BenchPane pane = prompt.pane();
        @Nullable Decision decision = prompt.decision();
        boolean isBlank = text.isBlank();
        return switch (prompt.kind()) {
            case SEND ->
                isBlank || pane == null
                        ? stay(state)
                        : new Step(
                                state.saying("sending"),
                                new Effect.Send(
                                        pane.agent().map(PaneAgent::agentId).orElse(""), text));
            case RUN -> isBlank ? stay(state) : new Step(state.saying("starting " + text), new Effect.Run(text));
            case LABEL ->
                isBlank || pane == null
                        ? stay(state)
                        : new Step(state.on(Page.AGENTS).saying("adopting"), new Effect.Adopt(pane, text.strip()));
            case REASON ->
                decision == null
                        ? stay(state)
                        : new Step(
                                state.saying("deciding"),
                                new Effect.Decide(new Decision(decision.change(), null, text.strip()), null));
            case PASSPHRASE ->
                text.isEmpty() || decision == null
                        ? stay(state.saying("nothing was decided"))
                        : new Step(state.saying("deciding"), new Effect.Decide(decision, text));
            case FILTER, AUTHORIZE, ROUTE -> stay(state);
        };
    }
}
