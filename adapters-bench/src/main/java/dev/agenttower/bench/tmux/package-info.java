/**
 * tmux in benches: listing the panes of a container or of the host, and noticing when panes come and go. Only ever asks tmux; nothing
 * here changes a session, a client, a size, a hook or an option.
 */
@NullMarked
package dev.agenttower.bench.tmux;

import org.jspecify.annotations.NullMarked;
