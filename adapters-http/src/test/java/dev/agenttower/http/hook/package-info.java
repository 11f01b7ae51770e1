/** Tests of the clients of agents. */
@NullMarked
package dev.agenttower.http.hook;

import org.jspecify.annotations.NullMarked;
