/** The commands by which a human is known: who the caller is, and the operator's passphrase. */
@NullMarked
package dev.agenttower.cli.governance.human;

import org.jspecify.annotations.NullMarked;
