/**
 * What the commands about governed projects share: {@link dev.agenttower.cli.governance.Governance} reaches the API, and the options name
 * project, spec, actor and passphrase.
 */
@NullMarked
package dev.agenttower.cli.governance;

import org.jspecify.annotations.NullMarked;
