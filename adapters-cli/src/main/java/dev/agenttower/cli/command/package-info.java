/** What the commands share: the context of a run, ways to the daemon, output, failures and exit statuses. */
@NullMarked
package dev.agenttower.cli.command;

import org.jspecify.annotations.NullMarked;
