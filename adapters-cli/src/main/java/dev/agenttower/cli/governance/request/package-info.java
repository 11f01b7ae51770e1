/** The commands {@code agenttower request ...}: requests between roles. */
@NullMarked
package dev.agenttower.cli.governance.request;

import org.jspecify.annotations.NullMarked;
