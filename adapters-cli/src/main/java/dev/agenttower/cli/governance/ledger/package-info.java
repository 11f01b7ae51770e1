/** The commands {@code agenttower ledger ...}: reading, checking and mending the record of all that was decided. */
@NullMarked
package dev.agenttower.cli.governance.ledger;

import org.jspecify.annotations.NullMarked;
