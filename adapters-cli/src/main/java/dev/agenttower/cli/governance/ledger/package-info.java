/** The commands {@code agenttower ledger ...}: reading, verifying and repairing the record of all decisions. */
@NullMarked
package dev.agenttower.cli.governance.ledger;

import org.jspecify.annotations.NullMarked;
