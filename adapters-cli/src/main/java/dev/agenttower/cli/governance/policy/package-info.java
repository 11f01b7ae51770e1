/** The commands {@code agenttower policy ...}: what roles may do, and governed actions. */
@NullMarked
package dev.agenttower.cli.governance.policy;

import org.jspecify.annotations.NullMarked;
