/** Shared by all commands: the context of a run, access to the daemon, output, failures and exit statuses. */
@NullMarked
package dev.agenttower.cli.command;

import org.jspecify.annotations.NullMarked;
