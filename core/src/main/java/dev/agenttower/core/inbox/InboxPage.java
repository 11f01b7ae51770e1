package dev.agenttower.core.inbox;

import java.util.List;

/**
 * A part of the changes of an inbox.
 *
 * @param cursor the position behind the last of them
 * @param isReset whether the page begins a new listing: the reader must forget all items
 * @param items the items that are new or have changed, in the order of their change
 * @param removed the keys of those that wait no more
 * @param hasMore whether more changes are known
 * @param total the number of all items
 */
public record InboxPage(
        String cursor, boolean isReset, List<InboxItem> items, List<String> removed, boolean hasMore, int total) {
    /** Copies the lists. */
    public InboxPage {
        items = List.copyOf(items);
        removed = List.copyOf(removed);
    }

    /** Whether it tells the reader anything. */
    public boolean isNews() {
        return isReset || !items.isEmpty() || !removed.isEmpty();
    }
}
