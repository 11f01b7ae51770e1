/**
 * Governance over HTTP on a Unix socket of its own. Entry type: {@link dev.agenttower.http.GovernanceServerBuilder}.
 */
@NullMarked
package dev.agenttower.http;

import org.jspecify.annotations.NullMarked;
