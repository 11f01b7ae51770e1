/** HTTP on the connection server. Entry type: {@link dev.agenttower.http.transport.HttpProtocol}. */
@NullMarked
package dev.agenttower.http.transport;

import org.jspecify.annotations.NullMarked;
