package dev.agenttower.cli.console;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows, besides what is known of the tower.
 *
 * @param chosen the chosen row of each page, by its key
 * @param filter what a row must hold, whatever the case; empty for all rows
 * @param prompt the question to the person, if there is one
 * @param review the change that is looked at, on its page
 * @param scroll how many lines of the page are scrolled away, where it has no rows
 * @param message what became of the last effect
 */
record ConsoleState(
        Page page,
        Map<Page, String> chosen,
        String filter,
        @Nullable Prompt prompt,
        @Nullable Review review,
        int scroll,
        String message) {
    static final ConsoleState START = new ConsoleState(Page.AGENTS, Map.of(), "", null, null, 0, "");

    /** The pages. */
    enum Page {
        /** The agents. */
        AGENTS,
        /** What waits for the human. */
        WAITING,
        /** One change request. */
        REVIEW,
        /** The panes that can be adopted. */
        ADOPT,
        /** The keys. */
        HELP
    }

    /** Copies the map. */
    ConsoleState {
        chosen = Map.copyOf(chosen);
    }

    /** The key of the chosen row among the rows of the page: the one that was chosen if it is still there, else the first; or an empty text. */
    String chosenOf(List<String> rows) {
        String key = chosen.getOrDefault(page, "");
        return rows.contains(key) ? key : rows.isEmpty() ? "" : rows.get(0);
    }

    ConsoleState on(Page newPage) {
        return new ConsoleState(newPage, chosen, newPage == page ? filter : "", null, review, 0, "");
    }

    ConsoleState choosing(String key) {
        Map<Page, String> all = new EnumMap<>(Page.class);
        all.putAll(chosen);
        all.put(page, key);
        return new ConsoleState(page, all, filter, prompt, review, scroll, message);
    }

    ConsoleState filtered(String newFilter) {
        return new ConsoleState(page, chosen, newFilter, prompt, review, scroll, message);
    }

    ConsoleState asking(@Nullable Prompt newPrompt) {
        return new ConsoleState(page, chosen, filter, newPrompt, review, scroll, message);
    }

    ConsoleState showing(Review newReview) {
        return new ConsoleState(Page.REVIEW, chosen, "", null, newReview, 0, "");
    }

    ConsoleState scrolled(int newScroll) {
        return new ConsoleState(page, chosen, filter, prompt, review, Math.max(newScroll, 0), message);
    }

    ConsoleState saying(String newMessage) {
        return new ConsoleState(page, chosen, filter, prompt, review, scroll, newMessage);
    }
}
