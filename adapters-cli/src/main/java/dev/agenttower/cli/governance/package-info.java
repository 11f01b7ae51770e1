/**
 * Shared by the commands about governed projects: {@link dev.agenttower.cli.governance.Governance} calls the API, and the options name
 * project, spec, actor and passphrase.
 */
@NullMarked
package dev.agenttower.cli.governance;

import org.jspecify.annotations.NullMarked;
