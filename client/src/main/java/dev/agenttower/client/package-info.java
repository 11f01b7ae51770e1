/**
 * The Java client of the daemon's socket: {@link dev.agenttower.client.DaemonClient} calls any method,
 * {@link dev.agenttower.client.AppSession} the methods of the control panel contract, and
 * {@link dev.agenttower.client.GovernanceClient} the governance API on the HTTP socket.
 *
 * <p>It uses the JDK's own Unix-domain sockets, so that a short-lived program loads no native library.
 */
@NullMarked
package dev.agenttower.client;

import org.jspecify.annotations.NullMarked;
