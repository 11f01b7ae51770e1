/**
 * The recording of panes: log attachments, their rules, and the ports to the store, to tmux and to the files of logs.
 */
@NullMarked
package dev.agenttower.core.log;

import org.jspecify.annotations.NullMarked;
