/** Tests over a real socket, with everything behind it in memory. */
@NullMarked
package dev.agenttower.http;

import org.jspecify.annotations.NullMarked;
