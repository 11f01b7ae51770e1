/** The commands that identify a human: {@code whoami}, and the operator's passphrase. */
@NullMarked
package dev.agenttower.cli.governance.human;

import org.jspecify.annotations.NullMarked;
