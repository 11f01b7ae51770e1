/**
 * The Java client of the daemon's socket: {@link dev.agenttower.socket.client.DaemonClient} calls any method,
 * {@link dev.agenttower.socket.client.AppSession} the methods of the control panel contract.
 *
 * <p>It uses the JDK's own Unix-domain sockets, so that a short-lived program loads no native library. It knows nothing of the
 * server package beside it.
 */
@NullMarked
package dev.agenttower.socket.client;

import org.jspecify.annotations.NullMarked;
