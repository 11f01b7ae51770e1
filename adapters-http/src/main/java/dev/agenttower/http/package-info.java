/**
 * Governance over HTTP on a separate Unix socket. Entry type: {@link dev.agenttower.http.GovernanceServerBuilder}.
 */
@NullMarked
package dev.agenttower.http;

import org.jspecify.annotations.NullMarked;
