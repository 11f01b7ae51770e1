package dev.agenttower.core.inbox;

import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.text.Text;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for a person. Texts are single lines without control characters.
 *
 * @param id the id of the change request or agent; of a problem, the name of the project
 * @param project the project it belongs to; null for an agent
 * @param title the file to be changed, the label of the agent, or the name of the project; at most {@value #LONGEST} characters
 * @param state {@code pending} for a change, {@code unreadable} for a problem, or the state of the agent
 * @param detail the description of the change, what the agent asks or why it stopped, or the problem; at most {@value #LONGEST} characters
 * @param agent the agent that proposed the change, or null
 * @param role the role in which it did, or null
 * @param since when it began to wait, as its source writes times; null if unknown
 */
public record InboxItem(
        Kind kind,
        String id,
        @Nullable String project,
        String title,
        String state,
        String detail,
        @Nullable String agent,
        @Nullable String role,
        @Nullable String since) {
    /** The columns of an item, read by {@code app.inbox.read}. */
    public static final ListDefinition<InboxItem> LIST = ListDefinition.of("app.inbox.read", InboxItem::read)
            .text("key", InboxItem::key)
            .text("kind", item -> item.kind().wire())
            .text("id", InboxItem::id)
            .text("project", InboxItem::project)
            .text("title", InboxItem::title)
            .text("state", InboxItem::state)
            .text("detail", InboxItem::detail)
            .text("agent", InboxItem::agent)
            .text("role", InboxItem::role)
            .text("since", InboxItem::since)
            .build();

    private static final int LONGEST = 240;

    /** Cleans and bounds the texts. */
    public InboxItem {
        id = Text.singleLine(id, LONGEST);
        project = project == null ? null : Text.singleLine(project, LONGEST);
        title = Text.singleLine(title, LONGEST);
        state = Text.singleLine(state, LONGEST);
        detail = Text.singleLine(detail, LONGEST);
        agent = agent == null ? null : Text.singleLine(agent, LONGEST);
        role = role == null ? null : Text.singleLine(role, LONGEST);
        since = since == null ? null : Text.singleLine(since, LONGEST);
    }

    /** What it is about. */
    public enum Kind {
        /** A change request that waits for a decision. */
        CHANGE,
        /** An agent that waits for a permission or an answer, has failed, or is stuck. */
        AGENT,
        /** A project whose change requests cannot be read. */
        PROBLEM,
        /** Another one, of a later version of the daemon. */
        OTHER;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The name in protocols. */
        public String wire() {
            return wire;
        }
    }

    private static InboxItem read(Cells row) {
        return new InboxItem(
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.wire().equals(row.text("kind")))
                        .findFirst()
                        .orElse(Kind.OTHER),
                row.text("id"),
                row.textOrNull("project"),
                row.text("title"),
                row.text("state"),
                row.text("detail"),
                row.textOrNull("agent"),
                row.textOrNull("role"),
                row.textOrNull("since"));
    }

    /** The key, unique among all items of an inbox. */
    public String key() {
        return kind.wire() + ":" + (project == null ? "" : project) + ":" + id;
    }
}
